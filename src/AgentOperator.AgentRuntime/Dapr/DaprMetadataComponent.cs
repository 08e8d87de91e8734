namespace AgentOperator.AgentRuntime.Dapr;

/// <summary>A loaded Component.</summary>
internal sealed record DaprMetadataComponent
{
    public string Name { get => field ?? ""; init; }

    public string Type { get => field ?? ""; init; }

    public string Version { get => field ?? ""; init; }

    public IReadOnlyList<string> Capabilities { get => field ?? []; init; }
}
