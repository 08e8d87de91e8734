using System.Globalization;
using AgentOperator.Api.Workflows;

namespace AgentOperator.Workflows.Deciding;

/// <summary>How the steps of a run have ended, before finally has its word.</summary>
internal static class RunOutcome
{
    /// <summary>Succeeded, Failed or Cancelled, of steps that have all ended.</summary>
    public static string Of(RunStop? stop, IReadOnlyList<StepStatus> steps) => stop?.Reason switch
    {
        StopReasons.DeadlineExceeded => WorkflowPhases.Failed,
        not null => WorkflowPhases.Cancelled,
        null => FirstFailed(steps) is null ? WorkflowPhases.Succeeded : WorkflowPhases.Failed,
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

    public static StepStatus? FirstFailed(IReadOnlyList<StepStatus> steps) => steps.FirstOrDefault(static step => StepPhases.IsFailure(step.Phase));

    public static string Failure(StepStatus step) => $"step {step.Name} {step.Phase.ToLowerInvariant()} ({step.Reason}): {step.Message}";
}
