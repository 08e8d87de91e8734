using AgentOperator.Api.Workflows;

namespace AgentOperator.Workflows.Checking;

/// <summary>The graph of needs.</summary>
internal static class StepGraph
{
    /// <summary>A need that names no step, or the path of a cycle. Finally is a graph of its own.</summary>
    public static SpecProblem? Problem(RunSpec spec) => Problems(spec).FirstOrDefault();

    public static IEnumerable<SpecProblem> Problems(RunSpec spec) => [.. Problems("spec.steps", spec.Steps), .. Problems("spec.finally", spec.Finally ?? []), .. Clashes(spec)];

    private static IEnumerable<SpecProblem> Clashes(RunSpec spec)
    {
        HashSet<string> names = new(spec.Steps.Select(static step => step.Name), StringComparer.Ordinal);
        return (spec.Finally ?? []).Where(step => names.Contains(step.Name)).Select(static step => new SpecProblem("DuplicateStep", $"a step and a finally step are named {step.Name}: rename one", $"spec.finally[{step.Name}].name"));
    }

    private static SpecProblem[] Problems(string place, IReadOnlyList<WorkflowStep> graph)
    {
        Dictionary<string, WorkflowStep> steps = new(StringComparer.Ordinal);
        foreach (WorkflowStep step in graph)
        {
            if (!steps.TryAdd(step.Name, step))
            {
                return [new SpecProblem("DuplicateStep", $"two steps are named {step.Name}: rename one", $"{place}[{step.Name}].name")];
            }
        }

        SpecProblem[] unknown =
        [
            .. graph.SelectMany(step => (step.Needs ?? []).Where(need => !steps.ContainsKey(need))
                .Select(need => new SpecProblem("UnknownStep", $"step {step.Name} needs {need}, which is not a step of this workflow", $"{place}[{step.Name}].needs"))),
        ];
        return unknown.Length > 0 ? unknown
            : Cycle(graph, steps) is { } path ? [new SpecProblem("DependencyCycle", $"steps need each other in a circle: {string.Join(" → ", path)}; remove one of these needs", $"{place}[{path[0]}].needs")]
            : [];
    }

    /// <summary>Steps that need each other in a circle; null when there are none.</summary>
    public static IReadOnlyList<string>? Circle(IReadOnlyList<WorkflowStep> graph) => Cycle(graph, graph.ToDictionary(static step => step.Name, StringComparer.Ordinal));

    /// <summary>Every step that must have ended before each step may start.</summary>
    public static IReadOnlyDictionary<string, IReadOnlySet<string>> Ancestors(IReadOnlyList<WorkflowStep> graph)
    {
        Dictionary<string, IReadOnlySet<string>> ancestors = new(StringComparer.Ordinal);
        Dictionary<string, WorkflowStep> steps = graph.ToDictionary(static step => step.Name, StringComparer.Ordinal);
        foreach (string name in DepthFirst(graph, steps))
        {
            HashSet<string> all = new(StringComparer.Ordinal);
            foreach (string need in steps[name].Needs ?? [])
            {
                all.Add(need);
                all.UnionWith(ancestors[need]);
            }

            ancestors[name] = all;
        }

        return ancestors;
    }

    /// <summary>Names of the steps, each after all that it needs. The graph has no cycle.</summary>
    private static List<string> DepthFirst(IReadOnlyList<WorkflowStep> graph, Dictionary<string, WorkflowStep> steps)
    {
        List<string> order = [];
        HashSet<string> visited = new(StringComparer.Ordinal);
        Stack<(string Name, bool Leave)> open = new();
        foreach (WorkflowStep root in graph)
        {
            open.Push((root.Name, false));
            while (open.TryPop(out (string Name, bool Leave) top))
            {
                if (top.Leave)
                {
                    order.Add(top.Name);
                }
                else if (visited.Add(top.Name))
                {
                    open.Push((top.Name, true));
                    foreach (string need in steps[top.Name].Needs ?? [])
                    {
                        open.Push((need, false));
                    }
                }
            }
        }

        return order;
    }

    /// <summary>Takes away what is free of needs until nothing is left, or only steps on and behind cycles; then follows needs until a name comes again.</summary>
    private static List<string>? Cycle(IReadOnlyList<WorkflowStep> graph, Dictionary<string, WorkflowStep> steps)
    {
        HashSet<string> left = new(steps.Keys, StringComparer.Ordinal);
        while (left.RemoveWhere(name => !(steps[name].Needs ?? []).Any(left.Contains)) > 0)
        {
        }

        if (graph.FirstOrDefault(step => left.Contains(step.Name)) is not { } start)
        {
            return null;
        }

        List<string> path = [start.Name];
        while (true)
        {
            string next = steps[path[^1]].Needs!.First(left.Contains);
            int seen = path.IndexOf(next);
            path.Add(next);
            if (seen >= 0)
            {
                return path[seen..];
            }
        }
    }
}
