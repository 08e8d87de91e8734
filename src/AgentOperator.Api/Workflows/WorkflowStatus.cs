using System.Text.Json;
using AgentOperator.Api.Approvals;
using AgentOperator.Api.Schema;
using AgentOperator.Api.Workflows.Triggers;
using AgentOperator.Kube.Models;

namespace AgentOperator.Api.Workflows;

/// <summary>The current run, what went before it, and conditions as kstatus reads them.</summary>
public sealed record WorkflowStatus
{
    /// <summary>Generation of the spec that this status speaks of.</summary>
    public long? ObservedGeneration { get; init; }

    /// <summary>Phase of the current run.</summary>
    [OneOf(WorkflowPhases.Pending, WorkflowPhases.Waiting, WorkflowPhases.Running, WorkflowPhases.Suspended, WorkflowPhases.Succeeded, WorkflowPhases.Failed, WorkflowPhases.Compensated, WorkflowPhases.Cancelled)]
    public string? Phase { get; init; }

    /// <summary>Number of the current run, from 1.</summary>
    public long? Run { get; init; }

    /// <summary>Digest of the run-relevant part of the spec that the current run executes, <c>v1:sha256:…</c>.</summary>
    [Bounds(0, 128)]
    public string? SpecDigest { get; init; }

    /// <summary>Digest of a change that came during a run and, by <c>onChange: Ignore</c>, is not run.</summary>
    [Bounds(0, 128)]
    public string? IgnoredDigest { get; init; }

    /// <summary>Newest generation of the spec that the current run executes, in all that a run executes.</summary>
    public long? RunGeneration { get; init; }

    /// <summary>Who changed what the current run executes, since a run has last succeeded, by the stamp that the Workflow carried when the run began. Absent without one.</summary>
    [AtomicList]
    [Bounds(0, 100)]
    [ItemBounds(1, 512)]
    public IReadOnlyList<string>? Authors { get; init; }

    /// <summary>runToken of the current run.</summary>
    [Bounds(0, 253)]
    public string? RunToken { get; init; }

    /// <summary>The spec that the current run executes: later changes of the Workflow do not reach it. Absent when it has more than 32 KiB.</summary>
    [AnyJson]
    public RunSpec? RunSpec { get; init; }

    /// <summary>Name of the ControllerRevision that holds the run's spec when it has more than 32 KiB.</summary>
    [Bounds(0, 253)]
    public string? RunSpecRevision { get; init; }

    /// <summary>Number of the run whose results this one takes over where inputs are the same.</summary>
    public long? RerunOf { get; init; }

    /// <summary>When the run was accepted.</summary>
    public MicroTime? StartedAt { get; init; }

    /// <summary>When the run ended.</summary>
    public MicroTime? FinishedAt { get; init; }

    /// <summary>Since when spec.suspend stops the run's clock.</summary>
    public MicroTime? PausedSince { get; init; }

    /// <summary>Since when the run's clock stands still because all that is left waits for people or locks.</summary>
    public MicroTime? WaitingSince { get; init; }

    /// <summary>How long earlier suspends and waits have stopped the clock of the part that is under way, in milliseconds.</summary>
    public long? PausedMilliseconds { get; init; }

    /// <summary>Why the run is being stopped, or was.</summary>
    public RunStop? Stop { get; init; }

    /// <summary>When compensations could start.</summary>
    public MicroTime? CompensatingSince { get; init; }

    /// <summary>When the finally steps could start.</summary>
    public MicroTime? FinallyStartedAt { get; init; }

    /// <summary>Requests by annotation that were handled.</summary>
    public HandledRequests? LastHandledRequest { get; init; }

    /// <summary>Steps that have ended, of all steps: <c>3/7</c>.</summary>
    [Bounds(0, 32)]
    public string? Progress { get; init; }

    /// <summary>Names of the steps that are running.</summary>
    [Bounds(0, 256)]
    public string? Step { get; init; }

    /// <summary>Why the next steps do not run yet.</summary>
    [Bounds(0, 256)]
    public string? Waiting { get; init; }

    /// <summary>Cost of the run's model calls with its currency; absent when no step called a model.</summary>
    [Bounds(0, 64)]
    public string? Cost { get; init; }

    /// <summary>Attempts started in this run, over all steps.</summary>
    public int? Attempts { get; init; }

    /// <summary>One sentence on the state of the run.</summary>
    [Bounds(0, 4096)]
    public string? Message { get; init; }

    /// <summary>The run's trace.</summary>
    public TraceStatus? Trace { get; init; }

    /// <summary>The steps in the order of the spec.</summary>
    [AtomicList]
    [Bounds(0, 500)]
    public IReadOnlyList<StepStatus>? Steps { get; init; }

    /// <summary>The finally steps in the order of the spec.</summary>
    [AtomicList]
    [Bounds(0, 20)]
    public IReadOnlyList<StepStatus>? Finally { get; init; }

    /// <summary>The compensations, in the order in which they run.</summary>
    [AtomicList]
    [Bounds(0, 500)]
    public IReadOnlyList<StepStatus>? Compensations { get; init; }

    /// <summary>Results of the run by name, once its steps have succeeded.</summary>
    [AnyJson]
    public IReadOnlyDictionary<string, JsonElement>? Outputs { get; init; }

    /// <summary>Earlier runs, newest first.</summary>
    [AtomicList]
    [Bounds(0, 100)]
    public IReadOnlyList<RunRecord>? History { get; init; }

    /// <summary>Of a definition: how its triggers stand.</summary>
    [AtomicList]
    [Bounds(0, 20)]
    public IReadOnlyList<TriggerStatus>? Triggers { get; init; }

    /// <summary>Of a definition: its Workflows that are under way.</summary>
    [AtomicList]
    [Bounds(0, 200)]
    public IReadOnlyList<ChildRun>? Children { get; init; }

    /// <summary>Of a definition with runOnApply: digest of the spec that applying it has seen to.</summary>
    [Bounds(0, 128)]
    public string? AppliedDigest { get; init; }

    /// <summary>Decisions that counted at gates, oldest first; each holds the hash of the one before it.</summary>
    [AtomicList]
    [Bounds(0, 50)]
    public IReadOnlyList<ApprovalRecord>? Approvals { get; init; }

    /// <summary>Ready, Reconciling and Stalled, as kstatus reads them.</summary>
    [ListMap("type")]
    [Bounds(0, 20)]
    public IReadOnlyList<Condition>? Conditions { get; init; }
}
