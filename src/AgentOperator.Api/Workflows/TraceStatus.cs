using AgentOperator.Api.Schema;

namespace AgentOperator.Api.Workflows;

/// <summary>W3C trace of a run: steps get it as TRACEPARENT.</summary>
public sealed record TraceStatus
{
    /// <summary>Trace id, 32 hex digits, derived from the Workflow's uid and the run's number.</summary>
    [Bounds(0, 32)]
    public required string Id { get; init; }
}
