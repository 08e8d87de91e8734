using System.Text.Json;
using AgentOperator.Api.Approvals;
using AgentOperator.Api.Schema;
using AgentOperator.Kube.Models;

namespace AgentOperator.Api.Workflows;

/// <summary>What has become of one step in the current run.</summary>
public sealed record StepStatus
{
    /// <summary>Name of the step.</summary>
    [Bounds(1, 63)]
    public required string Name { get; init; }

    /// <summary>Phase of the step.</summary>
    [OneOf(StepPhases.Pending, StepPhases.Waiting, StepPhases.Starting, StepPhases.Running, StepPhases.Succeeded, StepPhases.Failed, StepPhases.Errored, StepPhases.Skipped, StepPhases.Omitted, StepPhases.Cancelled, StepPhases.Compensated)]
    public required string Phase { get; init; }

    /// <summary>Number of the newest attempt, from 1; 0 before the first.</summary>
    public int Attempt { get; init; }

    /// <summary>How often the step's loop has come to it, from 1; absent outside of loops.</summary>
    public int? Visit { get; init; }

    /// <summary>Job of the newest attempt, or Workflow of a workflow step: written here before it is created.</summary>
    [Bounds(0, 63)]
    public string? Job { get; init; }

    /// <summary>Why the step does not run, and until when.</summary>
    public StepWaiting? Waiting { get; init; }

    /// <summary>The gate of an approval step.</summary>
    public GateStatus? Gate { get; init; }

    /// <summary>Of the last step of a loop: how often the loop's body has been begun, from 1, since the loop around it went on.</summary>
    public int? Passes { get; init; }

    /// <summary>Attempts at earlier visits.</summary>
    public int? EarlierAttempts { get; init; }

    /// <summary>What the step gave at the last visit before this one at which it succeeded.</summary>
    public PreviousVisit? Previous { get; init; }

    /// <summary>The items of a forEach.</summary>
    public ItemsStatus? Items { get; init; }

    /// <summary>When the first attempt was recorded.</summary>
    public MicroTime? StartedAt { get; init; }

    /// <summary>When a wait step is over, or its patience is: absolute, so that a restart does not begin it anew.</summary>
    public MicroTime? DueAt { get; init; }

    /// <summary>What came of the step's checkpoint.</summary>
    public CheckpointStatus? Checkpoint { get; init; }

    /// <summary>When the step ended.</summary>
    public MicroTime? FinishedAt { get; init; }

    /// <summary>Exit code of the newest attempt that ended.</summary>
    public int? ExitCode { get; init; }

    /// <summary>One word for how the newest ended attempt went wrong.</summary>
    [Bounds(0, 128)]
    public string? Reason { get; init; }

    /// <summary>One sentence on it.</summary>
    [Bounds(0, 4096)]
    public string? Message { get; init; }

    /// <summary>Results by name.</summary>
    [AnyJson]
    public IReadOnlyDictionary<string, JsonElement>? Outputs { get; init; }

    /// <summary>Results by name that are too large to be in outputs.</summary>
    [Bounds(0, 50)]
    public IReadOnlyDictionary<string, OutputReference>? References { get; init; }

    /// <summary>What an agent or prompt step was resolved to.</summary>
    public StepTarget? Target { get; init; }

    /// <summary>What the step's calls of models used.</summary>
    public StepUsage? Usage { get; init; }

    /// <summary>Digest of what the step was given: a rerun takes the result over while it is the same.</summary>
    [Bounds(0, 64)]
    public string? Inputs { get; init; }

    /// <summary>Number of the earlier run that the result is from.</summary>
    public long? ReusedFrom { get; init; }

    /// <summary>Where a memoized step stands with earlier successes.</summary>
    public MemoStatus? Memo { get; init; }
}
