using AgentOperator.Api.Schema;
using AgentOperator.Kube.Models;

namespace AgentOperator.Api.Workflows;

/// <summary>Clocks of a run, each of its own. A suspend, and waiting for a person or a lock, stops them.</summary>
public sealed record RunTimeouts
{
    /// <summary>Longest time for the steps, <c>2h</c>; then those under way are stopped, finally runs, and the run has failed. None if absent.</summary>
    [CelRule("duration(self) >= duration('1s')", "timeouts.run must be at least 1s")]
    public Duration? Run { get; init; }

    /// <summary>Longest time for the compensations, from when the first of them starts; those left are not run. None if absent.</summary>
    [CelRule("duration(self) >= duration('1s')", "timeouts.compensate must be at least 1s")]
    public Duration? Compensate { get; init; }

    /// <summary>Longest time for the finally steps, from when the first of them may start. None if absent.</summary>
    [CelRule("duration(self) >= duration('1s')", "timeouts.finally must be at least 1s")]
    public Duration? Finally { get; init; }
}
