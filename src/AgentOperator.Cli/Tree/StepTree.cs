using AgentOperator.Cli.Runs;

namespace AgentOperator.Cli.Tree;

/// <summary>
/// A graph of needs as a tree that people can read: what follows one thing stands below it, what goes side by side is indented, and what waits for all of it comes after, at the old level.
/// A step's parent is its nearest step through which every way to it leads.
/// </summary>
internal static class StepTree
{
    /// <summary>The steps in the order of the tree, with the places of their ancestors among their siblings: <c>true</c> for the last one.</summary>
    public static IReadOnlyList<StepTreeRow> Rows(IReadOnlyList<StepView> steps)
    {
        Dictionary<string, StepView> byName = steps.ToDictionary(static step => step.Name, StringComparer.Ordinal);
        List<StepView> order = InOrder(steps, byName);
        Dictionary<string, string?> parents = Parents(order, byName);
        ILookup<string, StepView> children = order.ToLookup(step => parents[step.Name] ?? "", StringComparer.Ordinal);
        Dictionary<string, HashSet<string>> ancestors = Ancestors(order, byName);
        List<StepTreeRow> rows = new(steps.Count);

        // A stack of our own: a chain may have hundreds of steps.
        Stack<StepTreeRow> open = new();
        Open([.. children[""]], []);
        while (open.TryPop(out StepTreeRow? row))
        {
            rows.Add(row);
            Open([.. children[row.Step.Name]], row.Levels);
        }

        return rows;

        void Open(IReadOnlyList<StepView> siblings, IReadOnlyList<bool> levels)
        {
            // What needs all the others goes on at their parent's level.
            bool goesOn = siblings.Count > 0 && siblings.SkipLast(1).All(sibling => ancestors[siblings[^1].Name].Contains(sibling.Name));
            int branches = goesOn ? siblings.Count - 1 : siblings.Count;
            if (goesOn)
            {
                open.Push(new StepTreeRow(siblings[^1], levels, IsBranch: false));
            }

            for (int i = branches - 1; i >= 0; i--)
            {
                open.Push(new StepTreeRow(siblings[i], [.. levels, i == branches - 1], IsBranch: true));
            }
        }
    }

    /// <summary>Each step after all that it needs, else in the order of the list. What is in a circle comes last.</summary>
    private static List<StepView> InOrder(IReadOnlyList<StepView> steps, Dictionary<string, StepView> byName)
    {
        Dictionary<string, int> missing = steps.ToDictionary(static step => step.Name, step => Known(step, byName).Count(), StringComparer.Ordinal);
        ILookup<string, StepView> dependents = steps.SelectMany(step => Known(step, byName).Select(need => (Need: need, Step: step))).ToLookup(static edge => edge.Need, static edge => edge.Step, StringComparer.Ordinal);
        Dictionary<string, int> places = steps.Select(static (step, place) => (step.Name, place)).ToDictionary(static pair => pair.Name, static pair => pair.place, StringComparer.Ordinal);
        PriorityQueue<StepView, int> free = new();
        free.EnqueueRange(steps.Where(step => missing[step.Name] == 0).Select(step => (step, places[step.Name])));
        List<StepView> order = new(steps.Count);
        while (free.TryDequeue(out StepView? step, out _))
        {
            order.Add(step);
            foreach (StepView dependent in dependents[step.Name])
            {
                if (--missing[dependent.Name] == 0)
                {
                    free.Enqueue(dependent, places[dependent.Name]);
                }
            }
        }

        HashSet<string> ordered = new(order.Select(static step => step.Name), StringComparer.Ordinal);
        order.AddRange(steps.Where(step => !ordered.Contains(step.Name)));
        return order;
    }

    /// <summary>Immediate dominators, after Cooper, Harvey and Kennedy: in this order one pass does.</summary>
    private static Dictionary<string, string?> Parents(List<StepView> order, Dictionary<string, StepView> byName)
    {
        Dictionary<string, string?> parents = new(StringComparer.Ordinal);
        Dictionary<string, int> depths = new(StringComparer.Ordinal);
        foreach (StepView step in order)
        {
            string[] needs = [.. Known(step, byName).Where(parents.ContainsKey)];
            string? parent = needs.FirstOrDefault();
            foreach (string need in needs.Skip(1))
            {
                parent = Common(parent, need);
            }

            parents[step.Name] = parent;
            depths[step.Name] = parent is null ? 0 : depths[parent] + 1;
        }

        return parents;

        string? Common(string? one, string? other)
        {
            while (one != other)
            {
                if (one is not { } left || other is not { } right)
                {
                    return null;
                }

                (one, other) = depths[left] >= depths[right] ? (parents[left], right) : (left, parents[right]);
            }

            return one;
        }
    }

    private static Dictionary<string, HashSet<string>> Ancestors(List<StepView> order, Dictionary<string, StepView> byName)
    {
        Dictionary<string, HashSet<string>> ancestors = new(StringComparer.Ordinal);
        foreach (StepView step in order)
        {
            HashSet<string> all = new(StringComparer.Ordinal);
            foreach (string need in Known(step, byName).Where(ancestors.ContainsKey))
            {
                all.Add(need);
                all.UnionWith(ancestors[need]);
            }

            ancestors[step.Name] = all;
        }

        return ancestors;
    }

    private static IEnumerable<string> Known(StepView step, Dictionary<string, StepView> byName) => step.Needs.Where(byName.ContainsKey);
}
