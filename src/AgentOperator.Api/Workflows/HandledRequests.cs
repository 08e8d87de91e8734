using AgentOperator.Api.Schema;

namespace AgentOperator.Api.Workflows;

/// <summary>Requests that were handled, as they were written in the annotations: each is handled once.</summary>
public sealed record HandledRequests
{
    /// <summary>Value of <c>agentoperator.dev/cancel</c>.</summary>
    [Bounds(0, 253)]
    public string? Cancel { get; init; }

    /// <summary>Value of <c>agentoperator.dev/rerun</c>.</summary>
    [Bounds(0, 253)]
    public string? Rerun { get; init; }

    /// <summary>Value of <c>agentoperator.dev/resume</c>.</summary>
    [Bounds(0, 253)]
    public string? Resume { get; init; }

    /// <summary>What came of the last one.</summary>
    [Bounds(0, 4096)]
    public string? Message { get; init; }
}
