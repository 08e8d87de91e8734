using AgentOperator.Api;
using AgentOperator.Api.Workflows;
using AgentOperator.Kube.Models;

namespace AgentOperator.Cli.Runs;

/// <summary>How a Workflow stands.</summary>
internal static class RunState
{
    /// <summary>True once the newest spec has been run to its end, or cannot be run.</summary>
    public static bool IsEnded(Workflow workflow) => IsObserved(workflow) && (WorkflowPhases.IsFinal(workflow.Status!.Phase) || IsStalled(workflow));

    /// <summary>True when a person has to act before anything goes on.</summary>
    public static bool IsStalled(Workflow workflow) =>
        workflow.Status?.Conditions?.Any(static condition => condition is { Type: ConditionTypes.Stalled, Status: ConditionStatus.True }) == true;

    /// <summary>True when the status speaks of the newest spec.</summary>
    public static bool IsObserved(Workflow workflow) => workflow.Status?.ObservedGeneration >= (workflow.Metadata.Generation ?? 0);

    /// <summary>The number of the run that can still be steered.</summary>
    /// <exception cref="CliException">None is under way.</exception>
    public static long RunUnderWay(Workflow workflow) => workflow.Status switch
    {
        { Run: { } run, Phase: var phase } when !WorkflowPhases.IsFinal(phase) => run,
        { Run: { } run, Phase: { } phase } => throw new CliException($"run {run} of {workflow.Metadata.Name} is not under way: it is {phase}"),
        _ => throw new CliException($"{workflow.Metadata.Name} has not run yet: {workflow.Status?.Message ?? "the operator has not seen it; is it running?"}"),
    };

    /// <summary>The number of the run that has ended.</summary>
    /// <exception cref="CliException">It goes on, or there was none.</exception>
    public static long EndedRun(Workflow workflow) => workflow.Status switch
    {
        { Run: { } run, Phase: var phase } when WorkflowPhases.IsFinal(phase) => run,
        { Run: { } run, Phase: { } phase } => throw new CliException($"run {run} of {workflow.Metadata.Name} is still {phase}: wait for its end, or cancel it"),
        _ => throw new CliException($"{workflow.Metadata.Name} has not run yet: {workflow.Status?.Message ?? "the operator has not seen it; is it running?"}"),
    };
}
