using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Core;

namespace AgentOperator.Local.Node;

/// <summary>The status of a pod from those of its containers, as the kubelet derives it.</summary>
internal static class PodStatuses
{
    /// <param name="pod">The pod.</param>
    /// <param name="address">Where it runs.</param>
    /// <param name="init">Statuses of its init containers, each with whether it is a sidecar.</param>
    /// <param name="containers">Statuses of its main containers.</param>
    /// <param name="ending">Why the node ends it; null while it does not.</param>
    /// <param name="before">The status that was written last.</param>
    /// <param name="now">The time.</param>
    public static PodStatus Build(
        Pod pod,
        PodAddress address,
        IReadOnlyList<(ContainerStatus Status, bool IsSidecar)> init,
        IReadOnlyList<ContainerStatus> containers,
        PodEnding? ending,
        PodStatus? before,
        DateTimeOffset now)
    {
        string phase = Phase(pod.Spec!.RestartPolicy, init, containers, ending);
        return new PodStatus
        {
            Phase = phase,
            Reason = phase == PodPhase.Failed ? ending?.Reason : null,
            Message = phase == PodPhase.Failed ? ending?.Message : null,
            StartTime = before?.StartTime ?? new Time(now),
            HostIP = address.HostIP,
            HostIPs = [new PodIP { Ip = address.HostIP }],
            PodIP = address.PodIP,
            PodIPs = [new PodIP { Ip = address.PodIP }],
            Conditions = Conditions(phase, init, containers, before?.Conditions, now),
            InitContainerStatuses = init.Count == 0 ? null : [.. init.Select(static entry => entry.Status)],
            ContainerStatuses = containers,
        };
    }

    internal static string Phase(string? restartPolicy, IReadOnlyList<(ContainerStatus Status, bool IsSidecar)> init, IReadOnlyList<ContainerStatus> containers, PodEnding? ending)
    {
        bool isQuiet = containers.Concat(init.Select(static entry => entry.Status)).All(static status => status.State?.Running is null);
        if (ending is not null && isQuiet)
        {
            return ending.Reason is null && containers.All(static status => ExitCode(status) == 0) ? PodPhase.Succeeded : PodPhase.Failed;
        }

        if (init.FirstOrDefault(static entry => !entry.IsSidecar && !IsDone(entry)).Status is { } pending)
        {
            return restartPolicy == "Never" && pending.State?.Terminated is not null ? isQuiet ? PodPhase.Failed : PodPhase.Running : PodPhase.Pending;
        }

        if (containers.Any(static status => status.State?.Waiting is not null && status.LastState is null))
        {
            return PodPhase.Pending;
        }

        // Sidecars end after the main containers, and the pod with them.
        if (!isQuiet || containers.Any(static status => status.State?.Terminated is null))
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

    /// <summary>An init container has succeeded, or a sidecar has started.</summary>
    private static bool IsDone((ContainerStatus Status, bool IsSidecar) entry) =>
        entry.IsSidecar ? entry.Status.Started == true || entry.Status.State?.Terminated is not null : entry.Status.State?.Terminated?.ExitCode == 0;

    private static int? ExitCode(ContainerStatus status) => (status.State?.Terminated ?? status.LastState?.Terminated)?.ExitCode;

    private static PodCondition[] Conditions(
        string phase,
        IReadOnlyList<(ContainerStatus Status, bool IsSidecar)> init,
        IReadOnlyList<ContainerStatus> containers,
        IReadOnlyList<PodCondition>? before,
        DateTimeOffset now)
    {
        string[] incomplete = [.. init.Where(static entry => !IsDone(entry)).Select(static entry => entry.Status.Name)];
        bool isInitialized = incomplete.Length == 0 || phase is PodPhase.Succeeded or PodPhase.Failed;
        string[] unready = [.. containers.Concat(init.Where(static entry => entry.IsSidecar).Select(static entry => entry.Status)).Where(static status => !status.Ready).Select(static status => status.Name)];
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
            Condition(
                "Initialized",
                isInitialized,
                isInitialized ? phase == PodPhase.Succeeded ? reason : null : "ContainersNotInitialized",
                isInitialized ? null : $"containers with incomplete status: [{string.Join(' ', incomplete)}]",
                before,
                now),
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
