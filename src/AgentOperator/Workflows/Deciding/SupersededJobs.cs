using AgentOperator.Api.Workflows;
using AgentOperator.Workflows.Observing;
using AgentOperator.Workflows.Results;

namespace AgentOperator.Workflows.Deciding;

/// <summary>Jobs that must go: those that still run although their attempt is over, and those of runs that history no longer shows. Decided anew each time, so that a delete that failed is repeated.</summary>
internal static class SupersededJobs
{
    public static IReadOnlyList<AttemptStop> Of(WorkflowStatus status, IReadOnlyDictionary<string, AttemptObservation> attempts)
    {
        if (attempts.Count == 0)
        {
            return [];
        }

        HashSet<string> wanted = new(StringComparer.Ordinal);
        foreach (StepStatus step in RunParts.All(status))
        {
            if (step is { Job: { } job } && StepPhases.IsActive(step.Phase))
            {
                wanted.Add(job);
            }
        }

        HashSet<string> read = new(RunParts.All(status).SelectMany(static step => (step.References?.Values ?? []).Concat(step.Previous?.References?.Values ?? [])).Select(static reference => reference.ConfigMap), StringComparer.Ordinal);
        long oldest = status.History is { Count: > 0 } history ? history[^1].Run : status.Run ?? 0;
        List<AttemptStop> stops = [];
        foreach ((string name, AttemptObservation seen) in attempts)
        {
            bool isUseless = seen.State is AttemptState.Active && !wanted.Contains(name);
            if (seen is { JobUid: { } uid, IsDeleting: false } && (isUseless || (seen.Run < oldest && !read.Contains(PostedResult.NameOf(name)))))
            {
                stops.Add(new AttemptStop(name, uid) { Nested = seen.Nested });
            }
        }

        return stops;
    }
}
