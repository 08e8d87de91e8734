using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Core;

namespace AgentOperator.Local.Node;

/// <summary>The status of a pod from those of its containers, as the kubelet derives it.</summary>
internal static class PodStatuses
{
    public static PodStatus Build(Pod pod, PodAddress address, IReadOnlyList<ContainerStatus> containers, PodEnding? ending, PodStatus? before, DateTimeOffset now)
    {
        string phase = Phase(pod.Spec!.RestartPolicy, containers, ending);
        return new PodStatus
        {
            Phase = phase,
            Reason = phase == PodPhase.Failed ? ending?.Reason : null,
            Message = phase == PodPhase.Failed ? ending?.Message : null,
            StartTime = before?.StartTime ?? new Time(now),
            HostIP = address.HostIP,
            PodIP = address.PodIP,
            Conditions = Conditions(phase, containers, before?.Conditions, now),
            ContainerStatuses = containers,
        };
    }

    internal static string Phase(string? restartPolicy, IReadOnlyList<ContainerStatus> containers, PodEnding? ending)
    {
        if (ending is not null && containers.All(static status => status.State?.Running is null))
        {
            return ending.Reason is null && containers.All(static status => ExitCode(status) == 0) ? PodPhase.Succeeded : PodPhase.Failed;
        }

        if (containers.Any(static status => status.State?.Waiting is not null && status.LastState is null))
        {
            return PodPhase.Pending;
        }

        if (containers.Any(static status => status.State?.Terminated is null))
        {
            return PodPhase.Running;
        }

        bool succeeded = containers.All(static status => ExitCode(status) == 0);
        return restartPolicy switch
        {
            "Never" => succeeded ? PodPhase.Succeeded : PodPhase.Failed,
            "OnFailure" => succeeded ? PodPhase.Succeeded : PodPhase.Running,
            _ => PodPhase.Running,
        };
    }

    private static int? ExitCode(ContainerStatus status) => (status.State?.Terminated ?? status.LastState?.Terminated)?.ExitCode;

    private static PodCondition[] Conditions(string phase, IReadOnlyList<ContainerStatus> containers, IReadOnlyList<PodCondition>? before, DateTimeOffset now)
    {
        string[] unready = [.. containers.Where(static status => !status.Ready).Select(static status => status.Name)];
        (string? reason, string? message) = phase switch
        {
            PodPhase.Succeeded => ("PodCompleted", (string?)null),
            PodPhase.Failed => ("PodFailed", null),
            _ when unready.Length > 0 => ("ContainersNotReady", $"containers with unready status: [{string.Join(' ', unready)}]"),
            _ => (null, null),
        };
        bool ready = phase == PodPhase.Running && unready.Length == 0;
        return
        [
            Condition("PodScheduled", true, null, null, before, now),
            Condition("Initialized", true, phase == PodPhase.Succeeded ? reason : null, null, before, now),
            Condition("ContainersReady", ready, reason, message, before, now),
            Condition("Ready", ready, reason, message, before, now),
        ];
    }

    private static PodCondition Condition(string type, bool value, string? reason, string? message, IReadOnlyList<PodCondition>? before, DateTimeOffset now)
    {
        string status = value ? ConditionStatus.True : ConditionStatus.False;
        PodCondition? old = before?.FirstOrDefault(condition => condition.Type == type);
        return new PodCondition
        {
            Type = type,
            Status = status,
            Reason = reason,
            Message = message,
            LastTransitionTime = old?.Status == status ? old.LastTransitionTime : new Time(now),
        };
    }
}
