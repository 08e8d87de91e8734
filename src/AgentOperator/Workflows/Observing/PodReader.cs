using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Batch;
using AgentOperator.Kube.Models.Core;

namespace AgentOperator.Workflows.Observing;

/// <summary>Reads a pod's status as an observation.</summary>
internal static class PodReader
{
    /// <summary>Name of the container that does a step's work.</summary>
    public const string MainContainer = "main";

    /// <summary>Only the newest pod of a Job may report: an older one was replaced. Creation is told in whole seconds: of two in one, the one that has not failed or been deleted came later.</summary>
    public static PodObservation? Newest(IEnumerable<StepPod> pods)
    {
        StepPod? newest = null;
        foreach (StepPod pod in pods)
        {
            if (newest is null || Age(pod).CompareTo(Age(newest)) > 0)
            {
                newest = pod;
            }
        }

        return newest is null ? null : Read(newest);
    }

    private static (DateTimeOffset? Created, bool IsLive) Age(StepPod pod) =>
        (pod.Metadata.CreationTimestamp?.Value, !pod.IsTerminating() && pod.Status?.Phase != PodPhase.Failed);

    private static PodObservation Read(StepPod pod)
    {
        ContainerState? state = pod.Status?.ContainerStatuses?.FirstOrDefault(static container => container.Name == MainContainer)?.State;
        PodCondition? scheduled = pod.Status?.Conditions?.FirstOrDefault(static condition => condition is { Type: "PodScheduled", Status: ConditionStatus.False });
        return new PodObservation
        {
            IsDeleting = pod.IsTerminating(),
            IsRunning = state?.Running is not null,
            StartedAt = state?.Running?.StartedAt?.Value,
            ExitCode = state?.Terminated?.ExitCode,
            TerminationReason = pod.Status?.Reason == JobReasons.DeadlineExceeded ? pod.Status.Reason : state?.Terminated?.Reason ?? pod.Status?.Reason,
            TerminationMessage = state?.Terminated?.Message,
            WaitingReason = scheduled?.Reason ?? state?.Waiting?.Reason,
            WaitingMessage = scheduled?.Message ?? state?.Waiting?.Message,
        };
    }
}
