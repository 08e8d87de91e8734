using AgentOperator.Api.Schema;
using AgentOperator.Kube.Models;

namespace AgentOperator.Api.Workflows;

/// <summary>One step: a unit that runs as one Job per attempt.</summary>
[CelRule("[has(self.container), has(self.agent), has(self.prompt), has(self.tool)].filter(kind, kind).size() == 1", "a step needs exactly one kind: set one of container, agent, prompt and tool")]
[CelRule("!has(self.needs) || !(self.name in self.needs)", "a step cannot need itself: remove its own name from needs", FieldPath = ".needs")]
public sealed record WorkflowStep
{
    /// <summary>Name, unique in the workflow; a DNS label.</summary>
    [Bounds(1, 63)]
    [Pattern("^[a-z0-9]([-a-z0-9]*[a-z0-9])?$", Message = "a step's name is a DNS label: lower-case letters, digits and hyphens, with a letter or digit at both ends, such as run-tests")]
    public required string Name { get; init; }

    /// <summary>Steps that must have succeeded before this one starts.</summary>
    [AtomicList]
    [Bounds(0, 20)]
    [ItemBounds(1, 63)]
    public IReadOnlyList<string>? Needs { get; init; }

    /// <summary>Runs a container to its end.</summary>
    public ContainerStep? Container { get; init; }

    /// <summary>Asks an Agent for one of its skills.</summary>
    public AgentStep? Agent { get; init; }

    /// <summary>Puts a PromptTemplate straight to a model.</summary>
    public PromptStep? Prompt { get; init; }

    /// <summary>Calls one tool of an MCP server.</summary>
    public ToolStep? Tool { get; init; }

    /// <summary>Results that the step must give. A container writes them as one JSON object keyed by name, to its termination log or by POST to AGENTOPERATOR_RESULTS_URL;
    /// those of an agent, prompt or tool step are fields of the answer, or the whole of it under the name <c>result</c>.</summary>
    [ListMap("name")]
    [Bounds(0, 50)]
    public IReadOnlyList<StepOutput>? Outputs { get; init; }

    /// <summary>Longest time of one attempt, <c>10m</c>; an attempt that takes longer has failed.</summary>
    [CelRule("duration(self) >= duration('1s')", "timeout must be at least 1s")]
    public Duration? Timeout { get; init; }

    /// <summary>When and how often the step is tried again; without it, never.</summary>
    public RetryPolicy? Retry { get; init; }

    /// <summary>True: doing the step's work twice does no harm, so an attempt whose result was lost may be tried again.</summary>
    public bool? Idempotent { get; init; }
}
