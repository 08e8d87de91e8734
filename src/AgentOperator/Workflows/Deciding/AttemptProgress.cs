using AgentOperator.Api.Workflows;
using AgentOperator.Kube.Models;
using AgentOperator.Workflows.Observing;

namespace AgentOperator.Workflows.Deciding;

/// <summary>Where an attempt stands while its Job goes on.</summary>
internal static class AttemptProgress
{
    /// <summary>Younger attempts stay Starting: a short step then costs no write for Running.</summary>
    public static readonly TimeSpan Settling = TimeSpan.FromSeconds(1);

    /// <summary>How long an image may stay out of reach.</summary>
    public static readonly TimeSpan ImagePullLimit = TimeSpan.FromMinutes(5);

    /// <summary>The step as it now is, and when to look again.</summary>
    public static (StepStatus Step, DateTimeOffset? WakeAt) Of(StepStatus step, AttemptObservation seen, DateTimeOffset now)
    {
        switch (seen.Pod)
        {
            case { IsRunning: true } when step.Phase == StepPhases.Running:
                return (step, null);
            case { IsRunning: true }:
                DateTimeOffset settled = (seen.CreatedAt ?? now) + Settling;
                return settled <= now ? (step with { Phase = StepPhases.Running, Waiting = null }, null) : (step, settled);
            case { WaitingReason: "ErrImagePull" or "ImagePullBackOff" or "InvalidImageName" } pod:
                return Wait(step, WaitingReasons.ImagePull, pod.WaitingMessage, now + ImagePullLimit);
            case { WaitingReason: "Unschedulable" } pod:
                return Wait(step, WaitingReasons.Unschedulable, pod.WaitingMessage, null);
            default:
                return (step with { Waiting = null }, null);
        }
    }

    /// <summary>The first sight of a wait fixes its end: a restart must not begin it anew.</summary>
    private static (StepStatus Step, DateTimeOffset? WakeAt) Wait(StepStatus step, string reason, string? message, DateTimeOffset? until)
    {
        if (step.Waiting?.Reason == reason)
        {
            return (step, step.Waiting.Until?.Value);
        }

        StepWaiting waiting = new() { Reason = reason, Message = message, Until = until is { } end ? new MicroTime(end) : null };
        return (step with { Waiting = waiting }, until);
    }
}
