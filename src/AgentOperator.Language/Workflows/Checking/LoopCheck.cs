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

        IReadOnlyList<Loop> loops = LoopMap.Of(spec.Steps).Loops;
        return loops
            .SelectMany((one, index) => loops.Skip(index + 1).Select(other => (One: one, Other: other)))
            .Where(static pair => pair.One.Body.Overlaps(pair.Other.Body) && !pair.One.Body.IsSubsetOf(pair.Other.Body) && !pair.Other.Body.IsSubsetOf(pair.One.Body))
            .Select(static pair => new SpecProblem("InvalidLoop", $"the loops {pair.One.Head} → {pair.One.Tail} and {pair.Other.Head} → {pair.Other.Tail} cross: one must lie within the other, or they must share no step", $"spec.steps[{pair.Other.Tail}].next.goto"));
    }
}
