namespace AgentOperator.Agents.Deciding;

/// <summary>What became of the children in this reconcile.</summary>
internal sealed record ChildOutcome
{
    /// <summary>Nothing had to be written.</summary>
    public static ChildOutcome Unchanged { get; } = new();

    /// <summary>Something was written: what was observed is the past.</summary>
    public bool IsChanged { get; init; }

    /// <summary>Why nothing more can be done before a person acts; null when all went well.</summary>
    public string? RefusalReason { get; init; }

    public string? Refusal { get; init; }

    /// <summary>What of the operator's own is not there yet, so that nothing was written; null when nothing is awaited.</summary>
    public string? Awaited { get; init; }

    public static ChildOutcome Refused(string reason, string message) => new() { RefusalReason = reason, Refusal = message };
}
