using AgentOperator.Api.Workflows;
using AgentOperator.Workflows.Deciding;

namespace AgentOperator.Workflows.Checking;

/// <summary>A way back leads to a step before, and loops lie within each other or apart.</summary>
internal static class LoopCheck
{
    public static IEnumerable<SpecProblem> Problems(RunSpec spec)
    {
        if (spec.Steps.All(static step => step.Next is null))
        {
            return [];
        }

        IReadOnlyDictionary<string, IReadOnlySet<string>> ancestors = StepGraph.Ancestors(spec.Steps);
        SpecProblem[] lost =
        [
            .. spec.Steps.Where(step => step.Next is { Goto: var target } && target != step.Name && !ancestors[step.Name].Contains(target))
                .Select(static step => new SpecProblem("InvalidLoop", $"spec.steps[{step.Name}].next.goto: {step.Next!.Goto} is no step that {step.Name} needs, directly or over others: a way back leads to a step before", $"spec.steps[{step.Name}].next.goto")),
        ];
        if (lost.Length > 0)
        {
            return lost;
        }

        LoopMap map = LoopMap.Of(spec.Steps);
        IReadOnlyList<Loop> loops = map.Loops;
        SpecProblem[] crossing =
        [
            .. loops
                .SelectMany((one, index) => loops.Skip(index + 1).Select(other => (One: one, Other: other)))
                .Where(static pair => pair.One.Body.Overlaps(pair.Other.Body) && !pair.One.Body.IsSubsetOf(pair.Other.Body) && !pair.Other.Body.IsSubsetOf(pair.One.Body))
                .Select(static pair => new SpecProblem("InvalidLoop", $"the loops {pair.One.Head} → {pair.One.Tail} and {pair.Other.Head} → {pair.Other.Tail} cross: one must lie within the other, or they must share no step", $"spec.steps[{pair.Other.Tail}].next.goto")),
        ];
        return crossing.Length > 0 ? crossing : Waits(spec, map);
    }

    /// <summary>Who needs a step of a loop waits until the loop is left: loops must not wait for each other that way.</summary>
    private static IEnumerable<SpecProblem> Waits(RunSpec spec, LoopMap loops)
    {
        List<WorkflowStep> waiting = [.. spec.Steps.Select(step => step with { Needs = [.. (step.Needs ?? []).Concat((step.Needs ?? []).SelectMany(need => loops.TailsBetween(step.Name, need))).Distinct()] })];
        return StepGraph.Circle(waiting) is { } circle
            ? [new SpecProblem("InvalidLoop", $"steps wait for each other, because what needs a step of a loop waits until the loop is left: {string.Join(" → ", circle)}; let one of them need the loop's last step instead, or make it part of the loop", "spec.steps")]
            : [];
    }
}
