namespace AgentOperator.AgentRuntime.Dapr;

/// <summary>What a sidecar says of itself.</summary>
internal sealed record DaprMetadata
{
    public string Id { get => field ?? ""; init; }

    public string RuntimeVersion { get => field ?? ""; init; }

    public IReadOnlyList<DaprMetadataComponent> Components { get => field ?? []; init; }

    public IReadOnlyList<DaprMetadataSubscription> Subscriptions { get => field ?? []; init; }
}
