using AgentOperator.Api.Workflows;
using AgentOperator.Workflows.Items;
using AgentOperator.Workflows.Observing;
using AgentOperator.Workflows.Results;

namespace AgentOperator.Workflows.Deciding;

/// <summary>Jobs that must go: those that still run although their attempt is over, and those of runs that history no longer shows. Decided anew each time, so that a delete that failed is repeated.</summary>
internal static class SupersededJobs
{
    public static IReadOnlyList<AttemptStop> Of(Workflow workflow, WorkflowStatus status, IReadOnlyDictionary<string, AttemptObservation> attempts)
    {
        if (attempts.Count == 0)
        {
            return [];
        }

        HashSet<string> wanted = new(Wanted(workflow, status, StepPart.Steps, status.Steps)
            .Concat(Wanted(workflow, status, StepPart.Compensations, status.Compensations))
            .Concat(Wanted(workflow, status, StepPart.Finally, status.Finally)), StringComparer.Ordinal);
        HashSet<string> read = new(RunParts.All(status).SelectMany(static step => (step.References?.Values ?? []).Concat(step.Previous?.References?.Values ?? [])).Select(static reference => reference.ConfigMap), StringComparer.Ordinal);
        long oldest = status.History is { Count: > 0 } history ? history[^1].Run : status.Run ?? 0;
        bool isAtOnce = status.Stop is { Reason: StopReasons.Cancelled, Mode: CancelModes.Immediate };
        List<AttemptStop> stops = [];
        foreach ((string name, AttemptObservation seen) in attempts)
        {
            bool isUseless = seen.State is AttemptState.Active && !wanted.Contains(name);
            if (isAtOnce && isUseless && seen is { JobUid: { } child, Nested: { CancelAtOnce: { } request } nested })
            {
                // One that undoes what it did, because it was asked to end before, is to do no more either.
                stops.Add(new AttemptStop(name, child) { Nested = nested with { Cancel = request } });
            }
            else if (seen is { JobUid: { } uid, IsDeleting: false } && (isUseless || (seen.Run < oldest && !read.Contains(PostedResult.NameOf(name)))))
            {
                stops.Add(new AttemptStop(name, uid) { Nested = seen.Nested });
            }
        }

        return stops;
    }

    private static IEnumerable<string> Wanted(Workflow workflow, WorkflowStatus status, StepPart part, IReadOnlyList<StepStatus>? steps) => (steps ?? [])
        .Where(static step => StepPhases.IsActive(step.Phase))
        .SelectMany(step => step switch
        {
            { Job: { } job } => [job],
            { Items: { } items } => ItemsDecider.Current(ItemNames.Of(workflow, status, part, step), items).Select(static item => item.Job),
            _ => (IEnumerable<string>)[],
        });
}
