using AgentOperator.Api.Schema;
using AgentOperator.Kube.Models;

namespace AgentOperator.Api.Workflows;

/// <summary>One step. A container, agent, prompt, tool or consensus runs as one Job per attempt, a workflow as a Workflow of its own, approval and wait as nothing.</summary>
[CelRule(
    "[has(self.container), has(self.agent), has(self.prompt), has(self.tool), has(self.consensus), has(self.workflow), has(self.approval), has(self.wait)].filter(kind, kind).size() == 1",
    "a step needs exactly one kind: set one of container, agent, prompt, tool, consensus, workflow, approval and wait")]
[CelRule("!has(self.forEach) || has(self.container) || has(self.agent) || has(self.prompt) || has(self.tool)", "forEach goes with container, agent, prompt and tool: put other work into a workflow step's own steps", FieldPath = ".forEach")]
[CelRule("!(has(self.mutex) || has(self.semaphore) || has(self.retry)) || !(has(self.approval) || has(self.wait))", "an approval or wait step runs nothing: it takes no mutex, semaphore or retry")]
[CelRule("!has(self.memoize) || ((has(self.container) || has(self.agent) || has(self.prompt) || has(self.tool) || has(self.consensus)) && !has(self.forEach) && !has(self.compensate))",
    "memoize goes with container, agent, prompt, tool and consensus, without forEach, and without compensate: what is taken over has had no effect that could be undone; remove memoize",
    FieldPath = ".memoize")]
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

    /// <summary>CEL: the step runs only where it is true, such as <c>steps.review.outputs.issues.exists(i, i.severity == 'critical')</c>; else it is Skipped, and what needs it goes on.</summary>
    [Bounds(1, 4096)]
    public string? When { get; init; }

    /// <summary>Runs the step once for each item of a list.</summary>
    public ForEach? ForEach { get; init; }

    /// <summary>Runs a container to its end.</summary>
    public ContainerStep? Container { get; init; }

    /// <summary>Asks an Agent for one of its skills.</summary>
    public AgentStep? Agent { get; init; }

    /// <summary>Puts a PromptTemplate straight to a model.</summary>
    public PromptStep? Prompt { get; init; }

    /// <summary>Calls one tool of an MCP server.</summary>
    public ToolStep? Tool { get; init; }

    /// <summary>Asks several Agents and takes what enough of them agree on.</summary>
    public ConsensusStep? Consensus { get; init; }

    /// <summary>Runs another Workflow of the namespace.</summary>
    public NestedWorkflowStep? Workflow { get; init; }

    /// <summary>Waits for people to approve.</summary>
    public ApprovalStep? Approval { get; init; }

    /// <summary>Waits for a time or an event.</summary>
    public WaitStep? Wait { get; init; }

    /// <summary>Results that the step must give. A container writes them as one JSON object keyed by name, to its termination log or by POST to AGENTOPERATOR_RESULTS_URL;
    /// those of an agent, prompt or tool step are fields of the answer, or the whole of it under the name <c>result</c>; a consensus step has <c>decision</c>, <c>agreed</c> (the weight of the votes for it), <c>answer</c> (the first full answer with that vote) and <c>votes</c> (a list with <c>agent</c>, <c>vote</c> and <c>error</c>).</summary>
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

    /// <summary>A way back to an earlier step.</summary>
    public StepNext? Next { get; init; }

    /// <summary>How the step is undone when the run ends otherwise than well.</summary>
    public StepCompensation? Compensate { get; init; }

    /// <summary>A look at the result before what needs the step goes on.</summary>
    public StepCheckpoint? Checkpoint { get; init; }

    /// <summary>Name of a lock of the namespace that one step at a time holds, from before its first attempt until its end.</summary>
    [Bounds(1, 63)]
    [Pattern("^[a-z0-9]([-a-z0-9]*[a-z0-9])?$", Message = "a mutex's name is a DNS label: lower-case letters, digits and hyphens, such as staging-database")]
    public string? Mutex { get; init; }

    /// <summary>A lock that several steps at a time hold.</summary>
    public SemaphoreReference? Semaphore { get; init; }

    /// <summary>Takes over an earlier success of the same work with the same inputs.</summary>
    public Memoization? Memoize { get; init; }
}
