using AgentOperator.Api.Schema;
using AgentOperator.Kube.Models;

namespace AgentOperator.Api.Workflows;

/// <summary>Waiting time between attempts: initial · factor^(n-1), at most max.</summary>
public sealed record RetryBackoff
{
    /// <summary>Wait before the first retry, <c>2s</c>.</summary>
    public required Duration Initial { get; init; }

    /// <summary>Growth from one retry to the next; 2 if absent.</summary>
    [Bounds(1, 10)]
    public int? Factor { get; init; }

    /// <summary>Longest wait; 5m if absent.</summary>
    public Duration? Max { get; init; }

    /// <summary>Each wait is shortened by a share of up to this many percent, so that steps that failed together do not come again together; 0 if absent.</summary>
    [Bounds(0, 100)]
    public int? JitterPercent { get; init; }
}
