namespace AgentOperator.AgentRuntime.Models.Scripted;

/// <summary>Either a status, as a provider would answer it, or an answer that breaks off.</summary>
internal sealed record ScriptFailure
{
    public int? Status { get; init; }

    public TimeSpan? RetryAfter { get; init; }

    public string Message { get; init; } = "scripted failure";

    /// <summary>Words of the answer before it breaks off.</summary>
    public int? CutAfter { get; init; }
}
