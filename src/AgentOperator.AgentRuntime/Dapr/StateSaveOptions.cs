namespace AgentOperator.AgentRuntime.Dapr;

/// <summary>How to save.</summary>
internal sealed record StateSaveOptions
{
    public static StateSaveOptions Default { get; } = new();

    /// <summary>The version to replace; null for any.</summary>
    public string? Etag { get; init; }

    /// <summary>Without an etag: only when nothing is stored yet.</summary>
    public bool FirstWrite { get; init; }

    /// <summary>After which the value is gone, in whole seconds; null for never.</summary>
    public TimeSpan? TimeToLive { get; init; }
}
