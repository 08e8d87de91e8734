using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Apps;

namespace AgentOperator.Local.Deployments;

/// <summary>The status of a Deployment from those of its sets.</summary>
internal static class DeploymentStatuses
{
    private const int DefaultDeadline = 600;
    private const string Late = "ProgressDeadlineExceeded";

    public static DeploymentStatus Build(Deployment deployment, RolloutLimits limits, RolloutSet? current, IReadOnlyList<RolloutSet> old, DateTimeOffset now)
    {
        RolloutSet[] all = current is null ? [.. old] : [current, .. old];
        int total = all.Sum(static set => set.Existing);
        int available = all.Sum(static set => set.Available);
        DeploymentStatus before = deployment.Status ?? new DeploymentStatus();
        DeploymentStatus status = before with
        {
            ObservedGeneration = deployment.Metadata.Generation,
            Replicas = Counter(total),
            UpdatedReplicas = Counter(current?.Existing ?? 0),
            ReadyReplicas = Counter(all.Sum(static set => set.Ready)),
            AvailableReplicas = Counter(available),
            UnavailableReplicas = Counter(Math.Max(0, Math.Max(total, limits.Desired) - available)),
        };
        bool isComplete = current is not null && current.Existing == limits.Desired && current.Available == limits.Desired && total == limits.Desired;
        bool hasMoved = before with { Conditions = null } != status with { Conditions = null };
        return status with { Conditions = [Available(before, available >= limits.LeastAvailable, now), Progressing(deployment, before, isComplete, hasMoved, now)] };
    }

    private static DeploymentCondition Available(DeploymentStatus before, bool isAvailable, DateTimeOffset now) => isAvailable
        ? Condition(before, "Available", ConditionStatus.True, "MinimumReplicasAvailable", "Deployment has minimum availability.", now)
        : Condition(before, "Available", ConditionStatus.False, "MinimumReplicasUnavailable", "Deployment does not have minimum availability.", now);

    private static DeploymentCondition Progressing(Deployment deployment, DeploymentStatus before, bool isComplete, bool hasMoved, DateTimeOffset now)
    {
        DeploymentCondition? last = before.Conditions?.FirstOrDefault(static condition => condition.Type == "Progressing");
        if (deployment.Spec!.Paused == true)
        {
            return last?.Reason == Late ? last : Condition(before, "Progressing", ConditionStatus.Unknown, "DeploymentPaused", "Deployment is paused", now);
        }

        if (isComplete)
        {
            return Condition(before, "Progressing", ConditionStatus.True, "NewReplicaSetAvailable", $"Deployment \"{deployment.Metadata.Name}\" has successfully progressed.", now);
        }

        TimeSpan deadline = TimeSpan.FromSeconds(deployment.Spec.ProgressDeadlineSeconds ?? DefaultDeadline);
        bool isLate = !hasMoved && IsLate(last, deadline, now);
        DeploymentCondition condition = isLate
            ? Condition(before, "Progressing", ConditionStatus.False, Late, $"Deployment \"{deployment.Metadata.Name}\" has timed out progressing.", now)
            : Condition(before, "Progressing", ConditionStatus.True, "ReplicaSetUpdated", $"Deployment \"{deployment.Metadata.Name}\" is progressing.", now);
        return hasMoved ? condition with { LastUpdateTime = new Time(now) } : condition;
    }

    /// <summary>What is late stays so until it moves.</summary>
    private static bool IsLate(DeploymentCondition? last, TimeSpan deadline, DateTimeOffset now) => last?.Reason switch
    {
        Late => true,
        "ReplicaSetUpdated" => last.LastUpdateTime is { } updated && updated.Value + deadline <= now,
        _ => false,
    };

    private static DeploymentCondition Condition(DeploymentStatus before, string type, string status, string reason, string message, DateTimeOffset now)
    {
        DeploymentCondition? old = before.Conditions?.FirstOrDefault(condition => condition.Type == type);
        bool isSame = old?.Status == status && old.Reason == reason;
        return new DeploymentCondition
        {
            Type = type,
            Status = status,
            Reason = reason,
            Message = message,
            LastUpdateTime = isSame ? old!.LastUpdateTime : new Time(now),
            LastTransitionTime = old?.Status == status ? old.LastTransitionTime : new Time(now),
        };
    }

    private static int? Counter(int value) => value == 0 ? null : value;
}
