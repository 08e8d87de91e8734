using AgentOperator.Api.Workflows;

namespace AgentOperator.Workflows.Deciding;

/// <summary>Results of an earlier run that a rerun may take over. Each counts only once the step's inputs are seen to be the same.</summary>
internal static class Reuse
{
    /// <summary>The steps of a rerun: pending, with the earlier result where it may stand.</summary>
    public static IReadOnlyList<StepStatus> Steps(RunSpec spec, WorkflowStatus earlier, RerunRequest rerun)
    {
        Dictionary<string, StepStatus> results = (earlier.Steps ?? []).Where(static step => step is { Phase: StepPhases.Succeeded, Inputs: not null }).ToDictionary(static step => step.Name, StringComparer.Ordinal);
        HashSet<string> again = rerun.From is { } from ? Descendants(spec, from) : [];
        return [.. spec.Steps.Select(step => results.TryGetValue(step.Name, out StepStatus? result) && !again.Contains(step.Name) ? Candidate(step, result, rerun.Run) : Again(step, rerun))];
    }

    /// <summary>Who asks for a step by name wants it done, not looked up.</summary>
    private static StepStatus Again(WorkflowStep step, RerunRequest rerun) =>
        RunStart.Pending(step) with { Memo = step.Memoize is not null && step.Name == rerun.From ? new MemoStatus { IsAnew = true } : null };

    private static StepStatus Candidate(WorkflowStep step, StepStatus result, long run) =>
        RunStart.Pending(step) with { Inputs = result.Inputs, Outputs = result.Outputs, References = result.References, Target = result.Target, ReusedFrom = result.ReusedFrom ?? run, Passes = result.Passes };

    /// <summary>A step and all that needs it, over others too.</summary>
    private static HashSet<string> Descendants(RunSpec spec, string from)
    {
        HashSet<string> found = new(StringComparer.Ordinal) { from };
        bool hasGrown = true;
        while (hasGrown)
        {
            hasGrown = false;
            foreach (WorkflowStep step in spec.Steps)
            {
                hasGrown |= step.Needs?.Any(found.Contains) == true && found.Add(step.Name);
            }
        }

        return found;
    }
}
