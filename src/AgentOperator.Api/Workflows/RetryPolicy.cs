using AgentOperator.Api.Schema;

namespace AgentOperator.Api.Workflows;

/// <summary>When and how often a step is tried again.</summary>
public sealed record RetryPolicy
{
    /// <summary>Retries after the first attempt.</summary>
    [Bounds(0, 100)]
    public required int Limit { get; init; }

    /// <summary>Which ends are tried again: Failed (the step's own no), Errored (the platform's), or both. OnFailure if absent.</summary>
    [OneOf(RetryPolicies.OnFailure, RetryPolicies.OnError, RetryPolicies.Always)]
    public string? Policy { get; init; }

    /// <summary>Waiting time between attempts; none if absent.</summary>
    public RetryBackoff? Backoff { get; init; }

    /// <summary>Exit codes after which no attempt follows, whatever the policy: the step says that trying again is of no use.</summary>
    [AtomicList]
    [Bounds(0, 50)]
    [ItemBounds(1, 255)]
    public IReadOnlyList<int>? NonRetryableExitCodes { get; init; }
}
