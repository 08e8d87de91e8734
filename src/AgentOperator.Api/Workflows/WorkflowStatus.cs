using AgentOperator.Api.Schema;
using AgentOperator.Kube.Models;

namespace AgentOperator.Api.Workflows;

/// <summary>The current run, what went before it, and conditions as kstatus reads them.</summary>
public sealed record WorkflowStatus
{
    /// <summary>Generation of the spec that this status speaks of.</summary>
    public long? ObservedGeneration { get; init; }

    /// <summary>Phase of the current run.</summary>
    [OneOf(WorkflowPhases.Pending, WorkflowPhases.Running, WorkflowPhases.Succeeded, WorkflowPhases.Failed)]
    public string? Phase { get; init; }

    /// <summary>Number of the current run, from 1.</summary>
    public long? Run { get; init; }

    /// <summary>Digest of the run-relevant part of the spec that the current run executes, <c>v1:sha256:…</c>.</summary>
    [Bounds(0, 128)]
    public string? SpecDigest { get; init; }

    /// <summary>The spec that the current run executes: later changes of the Workflow do not reach it.</summary>
    [AnyJson]
    public RunSpec? RunSpec { get; init; }

    /// <summary>When the run was accepted.</summary>
    public MicroTime? StartedAt { get; init; }

    /// <summary>When the run ended.</summary>
    public MicroTime? FinishedAt { get; init; }

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

    /// <summary>Earlier runs, newest first.</summary>
    [AtomicList]
    [Bounds(0, 100)]
    public IReadOnlyList<RunRecord>? History { get; init; }

    /// <summary>Ready, Reconciling and Stalled, as kstatus reads them.</summary>
    [ListMap("type")]
    [Bounds(0, 20)]
    public IReadOnlyList<Condition>? Conditions { get; init; }
}
