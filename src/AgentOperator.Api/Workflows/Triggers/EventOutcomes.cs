namespace AgentOperator.Api.Workflows.Triggers;

/// <summary>The values of <see cref="LastEvent.Outcome"/>.</summary>
public static class EventOutcomes
{
    public const string Started = "Started";

    /// <summary>Another run was under way or came after it, the queue was full, or its time was up.</summary>
    public const string Skipped = "Skipped";

    /// <summary><c>when</c> was false.</summary>
    public const string Filtered = "Filtered";

    /// <summary>What it would run cannot be run.</summary>
    public const string Refused = "Refused";
}
