using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Batch;

namespace AgentOperator.Local.Jobs;

/// <summary>The list of a Job's conditions.</summary>
internal static class JobConditions
{
    public static JobCondition? Find(IReadOnlyList<JobCondition>? conditions, string type) =>
        conditions?.FirstOrDefault(condition => condition.Type == type && condition.Status == ConditionStatus.True);

    public static bool IsFinished(JobStatus? status) => Finished(status) is not null;

    public static JobCondition? Finished(JobStatus? status) =>
        Find(status?.Conditions, JobConditionTypes.Complete) ?? Find(status?.Conditions, JobConditionTypes.Failed);

    /// <summary>Sets one condition; the order of the others stays, and an equal one keeps its times.</summary>
    public static IReadOnlyList<JobCondition> Set(IReadOnlyList<JobCondition>? conditions, string type, bool value, string reason, string message, DateTimeOffset now)
    {
        List<JobCondition> all = [.. conditions ?? []];
        string status = value ? ConditionStatus.True : ConditionStatus.False;
        int index = all.FindIndex(condition => condition.Type == type);
        if (index >= 0 && all[index].Status == status)
        {
            return all;
        }

        JobCondition condition = new()
        {
            Type = type,
            Status = status,
            Reason = reason,
            Message = message,
            LastProbeTime = new Time(now),
            LastTransitionTime = new Time(now),
        };
        if (index >= 0)
        {
            all[index] = condition;
        }
        else
        {
            all.Add(condition);
        }

        return all;
    }
}
