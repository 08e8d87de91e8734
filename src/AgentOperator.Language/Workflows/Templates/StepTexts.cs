using AgentOperator.Api.Workflows;

namespace AgentOperator.Workflows.Templates;

/// <summary>The texts of a step in which <c>{{ }}</c> is allowed.</summary>
internal static class StepTexts
{
    public static IEnumerable<(string Path, string Text)> Of(WorkflowStep step) => OfWork(step).Concat(Some("memoize.key", step.Memoize?.Key));

    private static IEnumerable<(string Path, string Text)> OfWork(WorkflowStep step) => step switch
    {
        { Container: { } container } => Of(container),
        { Agent: { } agent } => JsonTemplate.Texts("agent.input", agent.Input).Concat(Some("agent.contextId", agent.ContextId)),
        { Prompt: { } prompt } => JsonTemplate.Texts("prompt.input", prompt.Input),
        { Tool: { } tool } => JsonTemplate.Texts("tool.arguments", tool.Arguments),
        { Consensus: { } consensus } => JsonTemplate.Texts("consensus.input", consensus.Input),
        { Workflow: { } nested } => (nested.Params ?? []).SelectMany(static param => JsonTemplate.Texts($"workflow.params[{param.Name}].value", param.Value)),
        { Approval: { } gate } => Some("approval.message", gate.Message),
        { Wait: { } wait } => Some("wait.until", wait.Until),
        _ => [],
    };

    /// <summary>The fields of a step that are one expression each, as they are asked when the step itself has a result.</summary>
    public static IEnumerable<(string Path, string Text)> Conditions(WorkflowStep step) => Some("when", step.When).Concat(Some("checkpoint.when", step.Checkpoint?.When)).Concat(Some("next.when", step.Next?.When));

    private static IEnumerable<(string Path, string Text)> Some(string path, string? text) => text is null ? [] : [(path, text)];

    private static IEnumerable<(string Path, string Text)> Of(ContainerStep container) =>
        Numbered("command", container.Command)
            .Concat(Numbered("args", container.Args))
            .Concat((container.Env ?? []).Where(static variable => variable.Value is not null).Select(static variable => ($"container.env[{variable.Name}].value", variable.Value!)));

    private static IEnumerable<(string Path, string Text)> Numbered(string field, IReadOnlyList<string>? texts) => (texts ?? []).Select((text, index) => ($"container.{field}[{index}]", text));
}
