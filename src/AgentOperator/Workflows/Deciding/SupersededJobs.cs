using AgentOperator.Api.Workflows;
using AgentOperator.Workflows.Observing;

namespace AgentOperator.Workflows.Deciding;

/// <summary>Jobs that must go: those that still run although their attempt is over, and those of runs that history no longer shows. Decided anew each time, so that a delete that failed is repeated.</summary>
internal static class SupersededJobs
{
    public static IReadOnlyList<AttemptStop> Of(WorkflowStatus status, IReadOnlyDictionary<string, AttemptObservation> attempts)
    {
        HashSet<string> wanted = new(StringComparer.Ordinal);
        foreach (StepStatus step in status.Steps ?? [])
        {
            if (step is { Phase: StepPhases.Starting or StepPhases.Running, Job: { } job })
            {
                wanted.Add(job);
            }
        }

        long oldest = status.History is { Count: > 0 } history ? history[^1].Run : status.Run ?? 0;
        List<AttemptStop> stops = [];
        foreach ((string name, AttemptObservation seen) in attempts)
        {
            bool isUseless = seen.State == AttemptState.Active && !wanted.Contains(name);
            if (seen.JobUid is { } uid && (isUseless || seen.Run < oldest))
            {
                stops.Add(new AttemptStop(name, uid));
            }
        }

        return stops;
    }
}
