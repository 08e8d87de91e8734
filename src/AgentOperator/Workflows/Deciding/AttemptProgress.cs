using AgentOperator.Api.Workflows;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Batch;
using AgentOperator.Workflows.Observing;

namespace AgentOperator.Workflows.Deciding;

/// <summary>Where an attempt stands while its Job goes on.</summary>
internal static class AttemptProgress
{
    /// <summary>Younger attempts stay Starting: a short step then costs no write for Running.</summary>
    public static readonly TimeSpan Settling = TimeSpan.FromSeconds(1);

    /// <summary>A pod is made, and its container too, in less than this, as a rule: younger attempts are given no word for it, which would be a write.</summary>
    public static readonly TimeSpan Making = TimeSpan.FromSeconds(10);

    /// <summary>How long a pod may be refused, or its container be kept from starting by its image or its configuration.</summary>
    public static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(5);

    /// <summary>The step as it now is, and when to look again.</summary>
    public static (StepStatus Step, DateTimeOffset? WakeAt) Of(StepStatus step, AttemptObservation seen, DateTimeOffset now)
    {
        if (seen.Nested is { } nested)
        {
            return (step with { Phase = nested.Cancel is null ? step.Phase : StepPhases.Running, Waiting = null }, null);
        }

        switch (seen.Pod)
        {
            case { IsRunning: true } when step.Phase == StepPhases.Running:
                return (step with { Waiting = null }, null);
            case { IsRunning: true } pod:
                // A node's clock that is ahead of ours must not keep the step in Starting.
                DateTimeOffset settled = pod.StartedAt is { } started && started <= now ? started + Settling : now;
                return settled <= now ? (step with { Phase = StepPhases.Running, Waiting = null }, null) : (step with { Waiting = null }, settled);
            case null when seen.WantsPod:
                return WaitIfOld(step, seen, WaitingReasons.NoPod, $"the Job has no pod, as when a quota, Pod Security, a LimitRange or a missing service account refuses it: see kubectl describe job {step.Job}", now + StartLimit, now);
            case { WaitingReason: null } or null:
                return (step with { Waiting = null }, null);
            case { WaitingReason: "ContainerCreating" or "PodInitializing" } pod:
                // A slow pull looks the same as a volume that never comes, so this has no limit.
                return WaitIfOld(step, seen, pod.WaitingReason, pod.WaitingMessage ?? $"the node pulls the image or waits for a volume: see kubectl describe pod -l {JobLabels.JobName}={step.Job}", null, now);
            case { WaitingReason: "Unschedulable" or "SchedulingGated" } pod:
                return Wait(step, WaitingReasons.Unschedulable, pod.WaitingMessage, null);
            case { WaitingReason: "ErrImagePull" or "ImagePullBackOff" or "InvalidImageName" or "ErrImageNeverPull" or "ImageInspectError" or "RegistryUnavailable" } pod:
                return Wait(step, WaitingReasons.ImagePull, pod.WaitingMessage, now + StartLimit);
            default:
                return Wait(step, seen.Pod.WaitingReason, seen.Pod.WaitingMessage, now + StartLimit);
        }
    }

    private static (StepStatus Step, DateTimeOffset? WakeAt) WaitIfOld(StepStatus step, AttemptObservation seen, string reason, string message, DateTimeOffset? until, DateTimeOffset now) =>
        seen.CreatedAt + Making is { } old && old > now ? (step with { Waiting = null }, old) : Wait(step, reason, message, until);

    /// <summary>The first sight of a wait fixes its end: a restart must not begin it anew.</summary>
    private static (StepStatus Step, DateTimeOffset? WakeAt) Wait(StepStatus step, string reason, string? message, DateTimeOffset? until)
    {
        if (step.Waiting?.Reason == reason)
        {
            return (step, step.Waiting.Until?.Value);
        }

        StepWaiting waiting = new() { Reason = reason, Message = Sentence.Limit(message ?? reason), Until = until is { } end ? new MicroTime(end) : null };
        return (step with { Waiting = waiting }, until);
    }
}
