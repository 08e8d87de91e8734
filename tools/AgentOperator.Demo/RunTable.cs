using AgentOperator.Api.Workflows;
using Spectre.Console;

namespace AgentOperator.Demo;

/// <summary>A run as a table of its steps.</summary>
internal static class RunTable
{
    public static Table Of(Workflow workflow)
    {
        WorkflowStatus? status = workflow.Status;
        Table table = new Table().RoundedBorder().Title($"workflow/{workflow.Metadata.Name}  {Phase(status?.Phase ?? "Pending")}  {Markup.Escape(status?.Progress ?? "")}");
        table.AddColumns("step", "needs", "phase", "attempt", "outputs / why");
        foreach (WorkflowStep step in workflow.Spec.Steps)
        {
            StepStatus? state = status?.Steps?.FirstOrDefault(candidate => candidate.Name == step.Name);
            table.AddRow(
                step.Name,
                string.Join(", ", step.Needs ?? []),
                Phase(state?.Phase ?? "Pending"),
                state is { Attempt: > 0 } ? $"{state.Attempt}" : "",
                Markup.Escape(Detail(state)));
        }

        return table;
    }

    /// <summary>What there is to know of a step in one line.</summary>
    public static string Detail(StepStatus? step) => step switch
    {
        null => "",
        { Waiting: { } waiting } => $"{waiting.Reason}: {waiting.Message}",
        { Outputs: { Count: > 0 } outputs } => string.Join("  ", outputs.Select(static output => $"{output.Key}={Shorten(output.Value.ToString())}")),
        _ => step.Message ?? "",
    };

    private static string Phase(string phase) => phase switch
    {
        "Succeeded" => $"[green]{phase}[/]",
        "Failed" or "Errored" => $"[red]{phase}[/]",
        "Starting" or "Running" => $"[blue]{phase}[/]",
        "Waiting" => $"[yellow]{phase}[/]",
        _ => $"[grey]{phase}[/]",
    };

    private static string Shorten(string text) => text.Length <= 40 ? text : text[..39] + "…";
}
