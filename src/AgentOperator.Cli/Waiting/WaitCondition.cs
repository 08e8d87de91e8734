using AgentOperator.Api.Workflows;
using AgentOperator.Cli.Runs;

namespace AgentOperator.Cli.Waiting;

/// <summary>What is waited for.</summary>
/// <param name="Text">As it was written.</param>
/// <param name="Holds">True when it has come, false when it cannot come any more, null while it may.</param>
internal sealed record WaitCondition(string Text, Func<Workflow, bool?> Holds)
{
    public const string Default = "succeeded";

    private const string PhasePrefix = "phase=";
    private const string StepPrefix = "step=";

    /// <summary>Null when the text is no condition.</summary>
    public static WaitCondition? Parse(string text) => text switch
    {
        Default => new(text, static workflow => RunState.IsEnded(workflow) ? HasSucceeded(workflow) : null),
        "end" => new(text, static workflow => RunState.IsEnded(workflow) ? true : null),
        "gate" => new(text, static workflow => RunSteps.Ordinary(workflow).Any(IsOpenGate) ? true : RunState.IsEnded(workflow) ? false : null),
        _ when text.StartsWith(PhasePrefix, StringComparison.Ordinal) && Phase(text[PhasePrefix.Length..]) is { } phase =>
            new(text, workflow => RunState.IsObserved(workflow) && workflow.Status!.Phase == phase ? true : RunState.IsEnded(workflow) ? false : null),
        _ when text.StartsWith(StepPrefix, StringComparison.Ordinal) && text.Length > StepPrefix.Length => new(text, workflow => StepEnded(workflow, text[StepPrefix.Length..])),
        _ => null,
    };

    private static bool? StepEnded(Workflow workflow, string name)
    {
        RunStep step = RunSteps.All(workflow).FirstOrDefault(candidate => (candidate.Step ?? (object?)candidate.Status) is not null && candidate.Name == name);
        return step switch
        {
            { Step: null, Status: null } => throw new CliException($"{workflow.Metadata.Name} has no step {name}"),
            { Status.Phase: { } phase } when StepPhases.MeetsNeed(phase) => true,
            { Status.Phase: { } phase } when StepPhases.IsFinal(phase) => false,
            _ => RunState.IsEnded(workflow) ? false : null,
        };
    }

    private static bool IsOpenGate(RunStep step) => step.Status is { Phase: StepPhases.Waiting, Waiting.Reason: WaitingReasons.Approval };

    private static bool HasSucceeded(Workflow workflow) => workflow.Status?.Phase == WorkflowPhases.Succeeded && !RunState.IsStalled(workflow);

    private static string? Phase(string text) => ((string[])
    [
        WorkflowPhases.Pending, WorkflowPhases.Running, WorkflowPhases.Suspended, WorkflowPhases.Succeeded, WorkflowPhases.Failed, WorkflowPhases.Compensated, WorkflowPhases.Cancelled,
    ]).FirstOrDefault(phase => phase.Equals(text, StringComparison.OrdinalIgnoreCase));
}
