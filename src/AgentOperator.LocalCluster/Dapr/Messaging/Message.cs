namespace AgentOperator.Local.Dapr.Messaging;

/// <summary>What the broker carries: a CloudEvent as JSON, or with rawPayload the bytes that were published.</summary>
internal sealed record Message(ReadOnlyMemory<byte> Data, IReadOnlyDictionary<string, string> Metadata)
{
    /// <summary>How often it has come back.</summary>
    public int Attempt { get; init; }
}
