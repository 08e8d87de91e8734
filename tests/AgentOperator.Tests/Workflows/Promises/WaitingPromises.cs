using AgentOperator.Api;
using AgentOperator.Api.Workflows;

namespace AgentOperator.Tests.Workflows.Promises;

/// <summary>What every status says to who asks why nothing happens.</summary>
internal static class WaitingPromises
{
    /// <summary>Each step that waits says why, and until when where that is known.</summary>
    public static void Write(StepStatus step)
    {
        if (step.Phase is StepPhases.Pending or StepPhases.Waiting)
        {
            step.Waiting.ShouldNotBeNull($"{step.Name} is {step.Phase} and does not say why");
            step.Waiting.Message.ShouldNotBeNullOrEmpty($"{step.Name} waits: {step.Waiting.Reason}");
        }

        if (step.Waiting?.Reason is WaitingReasons.Backoff or WaitingReasons.Timer)
        {
            step.Waiting.Until.ShouldNotBeNull($"{step.Name} waits: {step.Waiting.Reason}");
        }

        if (StepPhases.IsFinal(step.Phase))
        {
            step.Waiting.ShouldBeNull($"{step.Name} has ended and waits");
            step.FinishedAt.ShouldNotBeNull($"the end of {step.Name}");
        }
    }

    /// <summary>One Ready, which tells the same as the phase.</summary>
    public static void Conditions(WorkflowStatus status)
    {
        string ready = status.Conditions!.Single(static condition => condition.Type == ConditionTypes.Ready).Status;
        bool isStalled = status.Conditions!.Any(static condition => condition.Type == ConditionTypes.Stalled);
        (ready == "True").ShouldBe(status.Phase == WorkflowPhases.Succeeded, $"Ready of {status.Phase}");
        isStalled.ShouldBe(WorkflowPhases.IsFinal(status.Phase) && status.Phase != WorkflowPhases.Succeeded, $"Stalled of {status.Phase}");
    }
}
