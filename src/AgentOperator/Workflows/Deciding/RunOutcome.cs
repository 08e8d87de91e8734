using System.Globalization;
using AgentOperator.Api.Workflows;

namespace AgentOperator.Workflows.Deciding;

/// <summary>How the steps of a run have ended, before finally has its word.</summary>
internal static class RunOutcome
{
    /// <summary>Succeeded, Failed, Compensated or Cancelled, of steps that have all ended.</summary>
    public static string Of(WorkflowStatus status, IReadOnlyList<StepStatus> steps) => status.Stop?.Reason switch
    {
        null when FirstFailed(steps) is null => WorkflowPhases.Succeeded,
        null or StopReasons.DeadlineExceeded => IsUndone(status) ? WorkflowPhases.Compensated : WorkflowPhases.Failed,
        _ => WorkflowPhases.Cancelled,
    };

    /// <summary>One sentence on it, also while steps are under way.</summary>
    public static string Message(RunStop? stop, IReadOnlyList<StepStatus> steps)
    {
        string? stopped = stop?.Reason switch
        {
            StopReasons.DeadlineExceeded => "the run took longer than timeouts.run",
            StopReasons.Replaced => "cancelled, because a change of the spec replaces this run",
            StopReasons.Deleted => "cancelled, because the workflow was deleted",
            StopReasons.Cancelled => $"cancelled by request ({stop.Mode})",
            _ => null,
        };
        return stopped ?? (FirstFailed(steps) is { } failed
            ? Failure(failed)
            : string.Create(CultureInfo.InvariantCulture, $"{steps.Count(static step => StepPhases.IsFinal(step.Phase))} of {steps.Count} steps succeeded"));
    }

    /// <summary>What is said of compensations; null where there are none.</summary>
    public static string? Undoing(WorkflowStatus status)
    {
        if (status.Compensations is not { Count: > 0 } undone)
        {
            return null;
        }

        StepStatus? missed = undone.FirstOrDefault(static step => StepPhases.IsFinal(step.Phase) && step.Phase != StepPhases.Succeeded);
        string count = string.Create(CultureInfo.InvariantCulture, $"{undone.Count(static step => step.Phase == StepPhases.Succeeded)} of {undone.Count} steps were undone");
        return missed is null ? count : $"{count}, and the compensation of {Failure(missed)}";
    }

    public static StepStatus? FirstFailed(IReadOnlyList<StepStatus> steps) => steps.FirstOrDefault(static step => StepPhases.IsFailure(step.Phase));

    public static string Failure(StepStatus step) => $"step {step.Name} {step.Phase.ToLowerInvariant()} ({step.Reason}): {step.Message}";

    private static bool IsUndone(WorkflowStatus status) => status.Compensations is { Count: > 0 } undone && undone.All(static step => step.Phase == StepPhases.Succeeded);
}
