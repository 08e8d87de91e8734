using AgentOperator.Api.Approvals;
using AgentOperator.Api.Workflows;
using AgentOperator.Cli.Runs;

namespace AgentOperator.Cli.Approvals;

/// <summary>A gate that waits for people.</summary>
internal sealed record OpenGate(Workflow Workflow, RunStep Step, GateStatus Gate)
{
    public string Name => Step.Name;

    /// <summary>Those of a Workflow.</summary>
    public static IEnumerable<OpenGate> Of(Workflow workflow) => RunSteps.Ordinary(workflow)
        .Where(static step => step.Status is { Phase: StepPhases.Waiting, Gate: { Digest: not null, OpenedAt: not null } })
        .Select(step => new OpenGate(workflow, step, step.Status!.Gate!));

    /// <summary>The gate that was named, or the only one.</summary>
    /// <exception cref="CliException">None is open, or several are and none was named.</exception>
    public static OpenGate Choose(Workflow workflow, string? name)
    {
        OpenGate[] open = [.. Of(workflow)];
        string known = string.Join(", ", open.Select(static gate => gate.Name));
        return (name, open) switch
        {
            (_, []) => throw new CliException($"no gate of {workflow.Metadata.Name} is open: {workflow.Status?.Phase ?? "it has not run"}{(workflow.Status?.Waiting is { } waiting ? $", {waiting}" : "")}"),
            (null, [var only]) => only,
            (null, _) => throw new CliException($"several gates of {workflow.Metadata.Name} are open: name one of {known}", ExitCodes.Usage),
            _ => Array.Find(open, gate => gate.Name == name) ?? throw new CliException($"{name} is no open gate of {workflow.Metadata.Name}: there is {known}"),
        };
    }
}
