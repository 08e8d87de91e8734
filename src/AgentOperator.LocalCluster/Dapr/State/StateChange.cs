namespace AgentOperator.Local.Dapr.State;

/// <summary>One write or deletion.</summary>
/// <param name="Key">The stored key, prefix included.</param>
/// <param name="Value">Null deletes.</param>
internal sealed record StateChange(string Key, ReadOnlyMemory<byte>? Value)
{
    /// <summary>The version that it must replace; null or empty for any.</summary>
    public string? Etag { get; init; }

    /// <summary>Without an etag: only where nothing is yet.</summary>
    public bool IsFirstWrite { get; init; }

    /// <summary>Null, zero and less: it stays.</summary>
    public TimeSpan? TimeToLive { get; init; }
}
