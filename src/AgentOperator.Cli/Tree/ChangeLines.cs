using AgentOperator.Api.Workflows;
using AgentOperator.Cli.Output;
using AgentOperator.Cli.Runs;

namespace AgentOperator.Cli.Tree;

/// <summary>A run as a log: one line for each step that has changed.</summary>
internal sealed class ChangeLines(Terminal terminal)
{
    private readonly Dictionary<string, string> _told = new(StringComparer.Ordinal);

    public void Tell(WorkflowFamily family) => Tell(RunViewReader.Read(family), "");

    private void Tell(RunView run, string path)
    {
        foreach (StepView step in run.Steps.Concat(run.Compensations.Select(static step => step with { Name = $"compensation of {step.Name}" })).Concat(run.Finally))
        {
            string line = $"{path}{step.Name}  {step.Phase}  {StepDetail.Of(step, null)}".TrimEnd();
            if (step.Phase != StepPhases.Pending && _told.GetValueOrDefault(path + step.Name) != line)
            {
                _told[path + step.Name] = line;
                terminal.Out.WriteLine(PlainText.OneLine(line));
            }

            if (step.Workflow is { } nested)
            {
                Tell(nested, $"{path}{step.Name}/");
            }
        }
    }
}
