using AgentOperator.Api.Schema;
using AgentOperator.Kube.Models;

namespace AgentOperator.Api.Workflows;

/// <summary>What holds for every step that does not say otherwise.</summary>
public sealed record StepDefaults
{
    /// <summary>Longest time of one attempt, <c>10m</c>.</summary>
    [CelRule("duration(self) >= duration('1s')", "timeout must be at least 1s")]
    public Duration? Timeout { get; init; }

    /// <summary>When and how often a step is tried again.</summary>
    public RetryPolicy? Retry { get; init; }
}
