using AgentOperator.Api.Workflows;

namespace AgentOperator.EndToEnd.Chaos;

/// <summary>What the workload itself has counted, held against what had to run.</summary>
internal sealed class Verdict
{
    private Verdict()
    {
    }

    /// <summary>Attempts that ran more than once, or that nobody asked for.</summary>
    public List<string> Duplicated { get; } = [];

    /// <summary>Attempts that did not run, or ran too early, and workflows whose end is not the one that their shape demands.</summary>
    public List<string> Lost { get; } = [];

    /// <summary>Workflows that had not ended in time.</summary>
    public List<string> Stuck { get; } = [];

    /// <summary>Names of the workflows of which something is told.</summary>
    public IEnumerable<string> Guilty => Duplicated.Concat(Lost).Concat(Stuck).Select(static told => told[..told.IndexOf(' ', StringComparison.Ordinal)]).Distinct(StringComparer.Ordinal);

    /// <param name="shapes">What was created.</param>
    /// <param name="seen">The workflows as they are now.</param>
    /// <param name="lines">What the steps have written, in the order in which they began.</param>
    public static Verdict Of(IReadOnlyList<Shape> shapes, IReadOnlyDictionary<string, Workflow> seen, IReadOnlyList<string> lines)
    {
        Verdict verdict = new();
        ILookup<string, string> ran = lines.Select(static line => line.Split(' ')).ToLookup(static parts => parts[0], static parts => parts[1], StringComparer.Ordinal);
        foreach (Shape shape in shapes)
        {
            verdict.Judge(shape, seen.GetValueOrDefault(shape.Name)?.Status, [.. ran[shape.Name]]);
        }

        return verdict;
    }

    private void Judge(Shape shape, WorkflowStatus? status, List<string> ran)
    {
        string who = $"{shape.Name} ({shape.Kind})";
        if (!WorkflowPhases.IsFinal(status?.Phase))
        {
            Stuck.Add($"{who}: {status?.Phase ?? "not begun"}: {status?.Waiting} {status?.Message}");
        }
        else if (status!.Phase != shape.Phase)
        {
            Lost.Add($"{who} ended {status.Phase}, not {shape.Phase}: {status.Message}");
        }

        HashSet<string> expected = new(shape.Attempts, StringComparer.Ordinal);
        foreach (IGrouping<string, string> attempt in ran.GroupBy(static line => line, StringComparer.Ordinal))
        {
            int times = attempt.Count();
            if (!expected.Contains(attempt.Key) || times > 1)
            {
                Duplicated.Add($"{who}: {attempt.Key} ran {times} times, {(expected.Contains(attempt.Key) ? "not once" : "and nothing asked for it")}");
            }
        }

        if (Stuck.Count > 0 && Stuck[^1].StartsWith(who, StringComparison.Ordinal))
        {
            // What has not run yet may still.
            return;
        }

        Lost.AddRange(shape.Attempts.Except(ran, StringComparer.Ordinal).Select(attempt => $"{who}: {attempt} did not run"));
        Lost.AddRange(shape.Orders
            .Where(order => ran.IndexOf(order.After) >= 0 && ran.IndexOf(order.Before) > ran.IndexOf(order.After))
            .Select(order => $"{who}: {order.After} ran before {order.Before}"));
    }
}
