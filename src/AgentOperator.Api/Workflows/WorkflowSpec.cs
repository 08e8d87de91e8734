using AgentOperator.Api.Schema;
using AgentOperator.Api.Workflows.Triggers;
using AgentOperator.Kube.Models;

namespace AgentOperator.Api.Workflows;

/// <summary>What to run. A change of params, defaults, steps, finally or runToken starts a new run; the other fields control runs and start none.</summary>
[CelRule(
    "[self.steps.transformMapEntry(i, s, {s.name: true})].all(m, self.steps.all(s, !has(s.needs) || s.needs.all(n, n in m)))",
    "every name in a step's needs must be the name of a step of this workflow: correct the name or add the step",
    MessageExpression =
        "[self.steps.transformMapEntry(i, s, {s.name: true})].map(m, self.steps.transformList(i, s, has(s.needs) && !s.needs.all(n, n in m), "
        + "'step ' + s.name + ' needs ' + s.needs[s.needs.transformList(j, n, !(n in m), j)[0]]"
        + " + ', which is no step of this workflow: correct the name or add the step'))[0][0]",
    FieldPath = ".steps")]
[CelRule(
    "!has(self.finally) || self.finally.all(f, !has(f.needs) || f.needs.all(n, self.finally.exists(o, o.name == n)))",
    "a finally step may need only other finally steps: all of steps has ended by then, so remove the name from its needs",
    FieldPath = ".finally")]
[CelRule(
    "!has(self.finally) || [self.steps.transformMapEntry(i, s, {s.name: true})].all(m, self.finally.all(f, !(f.name in m)))",
    "a finally step must not have the name of a step: rename one",
    FieldPath = ".finally")]
[CelRule(
    "!has(self.triggers) || self.?concurrency.orValue('Forbid') in ['Allow', 'Queue'] || !self.triggers.exists(t, has(t.missedRuns) && t.missedRuns == 'All')",
    "missedRuns: All starts several runs at once, of which concurrency Forbid and Replace would keep one: set concurrency to Queue or Allow, or missedRuns to Last",
    FieldPath = ".triggers")]
public sealed record WorkflowSpec
{
    /// <summary>Any text; a new value starts a new run of an otherwise unchanged workflow.</summary>
    [Bounds(1, 253)]
    public string? RunToken { get; init; }

    /// <summary>Inputs of the workflow, read as <c>{{ params.name }}</c>.</summary>
    [ListMap("name")]
    [Bounds(0, 100)]
    public IReadOnlyList<WorkflowParameter>? Params { get; init; }

    /// <summary>What holds for every step that does not say otherwise.</summary>
    public StepDefaults? Defaults { get; init; }

    /// <summary>The steps. Those without needs start at once; order in the list means nothing.</summary>
    [ListMap("name")]
    [Bounds(1, 500)]
    public required IReadOnlyList<WorkflowStep> Steps { get; init; }

    /// <summary>Steps that run once all of <see cref="Steps"/> have ended: after success, failure, timeout and a Graceful cancel; not after an Immediate one or deletion.</summary>
    [ListMap("name")]
    [Bounds(0, 20)]
    [CelRule("self.all(s, !has(s.compensate) && !has(s.next) && !has(s.approval))", "a finally step is not undone, has no way back and waits for nobody: it takes no compensate, next or approval")]
    public IReadOnlyList<WorkflowStep>? Finally { get; init; }

    /// <summary>Results of the workflow, once its steps have succeeded.</summary>
    [ListMap("name")]
    [Bounds(0, 50)]
    public IReadOnlyList<WorkflowOutput>? Outputs { get; init; }

    /// <summary>What starts runs. A workflow with triggers is a definition: it does not run itself, each event becomes one Workflow that it owns.</summary>
    [ListMap("name")]
    [Bounds(0, 20)]
    public IReadOnlyList<WorkflowTrigger>? Triggers { get; init; }

    /// <summary>What an event means while a run of the definition is under way; Forbid if absent.</summary>
    [OneOf(ConcurrencyPolicies.Allow, ConcurrencyPolicies.Forbid, ConcurrencyPolicies.Replace, ConcurrencyPolicies.Queue)]
    public string? Concurrency { get; init; }

    /// <summary>Whether applying the workflow, and a change of what it does, starts a run; absent: only where it has no triggers. False without triggers: it runs only as a step of others.</summary>
    public bool? RunOnApply { get; init; }

    /// <summary>Longest times of a run's parts.</summary>
    public RunTimeouts? Timeouts { get; init; }

    /// <summary>Most steps that are under way at once; no limit if absent.</summary>
    [Bounds(1, 500)]
    public int? Parallelism { get; init; }

    /// <summary>Who goes first where Workflows wait for the same room or lock: the higher one; 0 if absent.</summary>
    [Bounds(-1000, 1000)]
    public int? Priority { get; init; }

    /// <summary>Name of a lock of the namespace that one run at a time holds.</summary>
    [Bounds(1, 63)]
    [Pattern("^[a-z0-9]([-a-z0-9]*[a-z0-9])?$", Message = "a mutex's name is a DNS label: lower-case letters, digits and hyphens, such as staging-database")]
    public string? Mutex { get; init; }

    /// <summary>A lock that several runs at a time hold.</summary>
    public SemaphoreReference? Semaphore { get; init; }

    /// <summary>True: no attempt starts; those under way go on to their end. A definition that is suspended starts no runs, and scheduled times pass.</summary>
    public bool? Suspend { get; init; }

    /// <summary>What starts a new run of this workflow; OnChange if absent.</summary>
    [OneOf(RerunPolicies.OnChange, RerunPolicies.Manual)]
    public string? RerunPolicy { get; init; }

    /// <summary>What becomes of a change during a run; Queue if absent.</summary>
    [OneOf(ChangePolicies.Queue, ChangePolicies.Replace, ChangePolicies.Ignore)]
    public string? OnChange { get; init; }

    /// <summary>What happens when the workflow is deleted during a run; Abandon if absent.</summary>
    [OneOf(DeletePolicies.Abandon, DeletePolicies.Compensate)]
    public string? OnDelete { get; init; }

    /// <summary>Ended runs kept in status.history, with their Jobs; 10 if absent. Of a definition: ended Workflows that are kept.</summary>
    [Bounds(0, 100)]
    public int? HistoryLimit { get; init; }

    /// <summary>The workflow is deleted this long after its run has ended; never if absent. Not for a workflow that git applies: it would come back and run again. Of a definition: each of its Workflows is deleted this long after its end.</summary>
    public Duration? TtlAfterFinished { get; init; }
}
