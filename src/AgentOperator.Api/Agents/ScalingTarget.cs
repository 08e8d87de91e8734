using AgentOperator.Api.Schema;

namespace AgentOperator.Api.Agents;

/// <summary>What a pod is to be loaded with.</summary>
[CelRule("has(self.inFlight) != has(self.cpuPercent)", "a target is inFlight or cpuPercent: set one")]
public sealed record ScalingTarget
{
    /// <summary>Calls under way in a pod, on average. Needs custom.metrics.k8s.io; without it CPU is used, and a condition says so.</summary>
    [Bounds(1, 10000)]
    public int? InFlight { get; init; }

    /// <summary>Share of the CPU request, in percent.</summary>
    [Bounds(1, 1000)]
    public int? CpuPercent { get; init; }
}
