using System.Globalization;
using AgentOperator.Api;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Batch;

namespace AgentOperator.Workflows.Observing;

/// <summary>Reads a Job as an observation, its pod aside.</summary>
internal static class JobReader
{
    private static readonly string[] Podless =
        [JobConditionTypes.Suspended, JobConditionTypes.SuccessCriteriaMet, JobConditionTypes.FailureTarget, JobConditionTypes.Complete, JobConditionTypes.Failed];

    public static AttemptObservation Read(StepJob job)
    {
        JobCondition? end = Find(job, JobConditionTypes.Complete) ?? Find(job, JobConditionTypes.Failed);
        return new AttemptObservation
        {
            State = end?.Type switch { JobConditionTypes.Complete => AttemptState.Complete, JobConditionTypes.Failed => AttemptState.Failed, _ => AttemptState.Active },
            JobUid = job.Metadata.Uid,
            IsDeleting = job.IsTerminating(),
            CreatedAt = job.Metadata.CreationTimestamp?.Value,
            WantsPod = !job.IsTerminating() && !Array.Exists(Podless, type => Find(job, type) is not null),
            Run = RunOf(job),
            Reason = end?.Reason,
            Message = end?.Message,
        };
    }

    /// <summary>The run that the Job belongs to.</summary>
    public static long? RunOf(StepJob job) => long.TryParse(job.Label(Labels.Run), CultureInfo.InvariantCulture, out long run) ? run : null;

    private static JobCondition? Find(StepJob job, string type) => job.Status?.Conditions?.FirstOrDefault(condition => condition.Type == type && condition.Status == ConditionStatus.True);
}
