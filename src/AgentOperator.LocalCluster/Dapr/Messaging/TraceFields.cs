namespace AgentOperator.Local.Dapr.Messaging;

/// <summary>W3C trace context of a request.</summary>
internal sealed record TraceFields(string TraceParent, string? TraceState)
{
    /// <summary>What Dapr writes when a publisher has no trace.</summary>
    public const string None = "00-00000000000000000000000000000000-0000000000000000-00";
}
