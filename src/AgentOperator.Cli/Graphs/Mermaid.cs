using System.Text;
using AgentOperator.Api.Workflows;
using AgentOperator.Cli.Output;
using AgentOperator.Cli.Runs;

namespace AgentOperator.Cli.Graphs;

/// <summary>A Workflow as a Mermaid flowchart.</summary>
internal static class Mermaid
{
    private static readonly (string Class, string Style, string[] Phases)[] Classes =
    [
        ("good", "fill:#dff5e1,stroke:#2e7d32,color:#1b1b1b", [StepPhases.Succeeded]),
        ("bad", "fill:#fde0dc,stroke:#c62828,color:#1b1b1b", [StepPhases.Failed, StepPhases.Errored]),
        ("busy", "fill:#e0ecfd,stroke:#1565c0,color:#1b1b1b", [StepPhases.Starting, StepPhases.Running]),
        ("held", "fill:#fff4d6,stroke:#b26a00,color:#1b1b1b", [StepPhases.Waiting, StepPhases.Cancelled, StepPhases.Compensated]),
        ("idle", "fill:#f1f1f1,stroke:#8a8a8a,color:#5a5a5a", [StepPhases.Skipped, StepPhases.Omitted]),
    ];

    /// <param name="workflow">What to draw; with a status, phases are shown.</param>
    /// <param name="direction">TD or LR.</param>
    public static string Of(Workflow workflow, string direction)
    {
        StringBuilder text = new();
        text.Append("flowchart ").Append(direction).Append('\n');
        List<RunStep> steps = [.. RunSteps.Ordinary(workflow)];
        List<RunStep> last = [.. RunSteps.Finally(workflow)];
        Section(text, steps, "  ");
        if (last.Count > 0)
        {
            text.Append("  subgraph finally\n");
            Section(text, last, "    ");
            text.Append("  end\n");
            foreach (RunStep end in Ends(steps))
            {
                text.Append("  ").Append(Id(end.Name)).Append(" -.-> finally\n");
            }
        }

        Phases(text, [.. steps, .. last]);
        return text.ToString();
    }

    private static void Section(StringBuilder text, List<RunStep> steps, string indent)
    {
        foreach (RunStep step in steps)
        {
            text.Append(indent).Append(Node(step)).Append('\n');
        }

        HashSet<string> names = new(steps.Select(static step => step.Name), StringComparer.Ordinal);
        foreach (RunStep step in steps)
        {
            foreach (string need in (step.Step?.Needs ?? []).Where(names.Contains))
            {
                text.Append(indent).Append(Id(need)).Append(" --> ").Append(Id(step.Name)).Append('\n');
            }

            if (step.Step?.Next is { } next)
            {
                text.Append(indent).Append(Id(step.Name)).Append(" -. \"").Append("up to ").Append(next.MaxVisits).Append(" visits\" .-> ").Append(Id(next.Goto)).Append('\n');
            }

            if (step.Step?.Compensate is not null)
            {
                text.Append(indent).Append(Id(step.Name)).Append(" -. undo .-> ").Append(Id(step.Name)).Append("_undo([\"undo ").Append(Escape(step.Name)).Append("\"])\n");
            }
        }
    }

    /// <summary>Shapes by kind: people decide in a hexagon, times pass in a stadium, another Workflow is a subroutine, many items are a stack.</summary>
    private static string Node(RunStep step)
    {
        string label = $"\"{Escape(step.Name)}{Note(step.Step)}\"";
        return Id(step.Name) + step.Step switch
        {
            { Approval: not null } => $"{{{{{label}}}}}",
            { Wait: not null } => $"([{label}])",
            { Workflow: not null } => $"[[{label}]]",
            { When: not null } => $"{{{label}}}",
            { Agent: not null } or { Prompt: not null } or { Consensus: not null } => $"({label})",
            _ => $"[{label}]",
        };
    }

    private static string Note(WorkflowStep? step) => step switch
    {
        { ForEach: not null } => "<br/>for each",
        { Agent: { Name: { } agent } } => $"<br/>agent {Escape(agent)}",
        { Workflow: { Name: var nested } } => $"<br/>workflow {Escape(nested)}",
        { Approval.Quorum: { } quorum and > 1 } => $"<br/>{quorum} approvals",
        { Wait.Duration: { } time } => $"<br/>{Escape(time.Text)}",
        { Wait.Event.Name: { } name } => $"<br/>event {Escape(name)}",
        _ => "",
    };

    private static void Phases(StringBuilder text, List<RunStep> steps)
    {
        foreach ((string name, string style, string[] phases) in Classes)
        {
            string[] members = [.. steps.Where(step => step.Status is { Phase: var phase } && phases.Contains(phase)).Select(static step => Id(step.Name))];
            if (members.Length > 0)
            {
                text.Append("  classDef ").Append(name).Append(' ').Append(style).Append('\n');
                text.Append("  class ").AppendJoin(',', members).Append(' ').Append(name).Append('\n');
            }
        }
    }

    private static IEnumerable<RunStep> Ends(List<RunStep> steps)
    {
        HashSet<string> needed = new(steps.SelectMany(static step => step.Step?.Needs ?? []), StringComparer.Ordinal);
        return steps.Where(step => !needed.Contains(step.Name));
    }

    // "end" and a name that begins with a digit or with o or x behind an arrow mean something to Mermaid.
    private static string Id(string name) => "s_" + string.Concat(name.Select(static character => char.IsAsciiLetterOrDigit(character) || character == '-' ? character : '_'));

    private static string Escape(string text) => PlainText.OneLine(text).Replace("#", "#35;", StringComparison.Ordinal).Replace("\"", "#quot;", StringComparison.Ordinal).Replace("<", "#lt;", StringComparison.Ordinal);
}
