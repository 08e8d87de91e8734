namespace AgentOperator.Local.Dapr.Resources;

/// <summary>dapr.io/v1alpha1 ComponentSpec.</summary>
internal sealed record ComponentSpec
{
    public string Type { get => field ?? ""; init; }

    public string Version { get => field ?? "v1"; init; }

    /// <summary>True: a sidecar goes on without the component when it cannot be set up.</summary>
    public bool? IgnoreErrors { get; init; }

    public IReadOnlyList<ComponentMetadataItem>? Metadata { get; init; }
}
