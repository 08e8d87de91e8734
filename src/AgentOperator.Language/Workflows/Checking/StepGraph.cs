using AgentOperator.Api.Workflows;

namespace AgentOperator.Workflows.Checking;

/// <summary>The graph of needs.</summary>
internal static class StepGraph
{
    /// <summary>A need that names no step, or the path of a cycle. Finally is a graph of its own.</summary>
    public static SpecProblem? Problem(RunSpec spec) => Problem(spec.Steps) ?? Problem(spec.Finally ?? []) ?? Clash(spec);

    private static SpecProblem? Clash(RunSpec spec)
    {
        HashSet<string> names = new(spec.Steps.Select(static step => step.Name), StringComparer.Ordinal);
        return spec.Finally?.FirstOrDefault(step => names.Contains(step.Name)) is { } twice
            ? new SpecProblem("DuplicateStep", $"a step and a finally step are named {twice.Name}: rename one")
            : null;
    }

    private static SpecProblem? Problem(IReadOnlyList<WorkflowStep> graph)
    {
        Dictionary<string, WorkflowStep> steps = new(StringComparer.Ordinal);
        foreach (WorkflowStep step in graph)
        {
            if (!steps.TryAdd(step.Name, step))
            {
                return new SpecProblem("DuplicateStep", $"two steps are named {step.Name}: rename one");
            }
        }

        foreach (WorkflowStep step in graph)
        {
            if ((step.Needs ?? []).FirstOrDefault(need => !steps.ContainsKey(need)) is { } unknown)
            {
                return new SpecProblem("UnknownStep", $"step {step.Name} needs {unknown}, which is not a step of this workflow");
            }
        }

        return Cycle(graph, steps) is { } path
            ? new SpecProblem("DependencyCycle", $"steps need each other in a circle: {string.Join(" → ", path)}; remove one of these needs")
            : null;
    }

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
