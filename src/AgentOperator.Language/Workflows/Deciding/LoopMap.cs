using AgentOperator.Api.Workflows;
using AgentOperator.Workflows.Checking;

namespace AgentOperator.Workflows.Deciding;

/// <summary>The loops of a graph.</summary>
internal sealed class LoopMap
{
    public static readonly LoopMap None = new([]);

    private LoopMap(IReadOnlyList<Loop> loops) => Loops = loops;

    public IReadOnlyList<Loop> Loops { get; }

    /// <summary>Reads the loops of a graph without cycles whose gotos name ancestors.</summary>
    public static LoopMap Of(IReadOnlyList<WorkflowStep> steps)
    {
        if (steps.All(static step => step.Next is null))
        {
            return None;
        }

        IReadOnlyDictionary<string, IReadOnlySet<string>> ancestors = StepGraph.Ancestors(steps);
        return new LoopMap([.. steps.Where(static step => step.Next is not null).Select(tail => new Loop(tail.Next!.Goto, tail.Name, Body(tail.Next.Goto, tail.Name, steps, ancestors)))]);
    }

    public Loop? EndingAt(string step) => Loops.FirstOrDefault(loop => loop.Tail == step);

    /// <summary>The last steps of the loops that a step is outside of and whose member it needs: it waits until they are left.</summary>
    public IEnumerable<string> TailsBetween(string step, string need) => Loops.Where(loop => loop.Body.Contains(need) && !loop.Body.Contains(step)).Select(static loop => loop.Tail);

    private static HashSet<string> Body(string head, string tail, IReadOnlyList<WorkflowStep> steps, IReadOnlyDictionary<string, IReadOnlySet<string>> ancestors) => new(
        steps.Select(static step => step.Name).Where(name => (name == head || ancestors[name].Contains(head)) && (name == tail || ancestors[tail].Contains(name))),
        StringComparer.Ordinal);
}
