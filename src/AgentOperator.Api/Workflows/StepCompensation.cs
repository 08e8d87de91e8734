using AgentOperator.Api.Schema;
using AgentOperator.Kube.Models;

namespace AgentOperator.Api.Workflows;

/// <summary>Undoes a step that has succeeded, when the run ends otherwise than well. Compensations run one at a time, in the reverse of the order in which their steps ended.</summary>
[CelRule("[has(self.container), has(self.agent), has(self.tool)].filter(kind, kind).size() == 1", "a compensation needs exactly one kind: set one of container, agent and tool")]
public sealed record StepCompensation
{
    /// <summary>Runs a container to its end.</summary>
    public ContainerStep? Container { get; init; }

    /// <summary>Asks an Agent for one of its skills.</summary>
    public AgentStep? Agent { get; init; }

    /// <summary>Calls one tool of an MCP server.</summary>
    public ToolStep? Tool { get; init; }

    /// <summary>Longest time of one attempt, <c>10m</c>.</summary>
    [CelRule("duration(self) >= duration('1s')", "compensate.timeout must be at least 1s")]
    public Duration? Timeout { get; init; }

    /// <summary>When and how often the compensation is tried again; as in defaults if absent.</summary>
    public RetryPolicy? Retry { get; init; }
}
