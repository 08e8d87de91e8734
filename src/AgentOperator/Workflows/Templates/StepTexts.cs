using AgentOperator.Api.Workflows;

namespace AgentOperator.Workflows.Templates;

/// <summary>The texts of a step in which <c>{{ }}</c> is allowed.</summary>
internal static class StepTexts
{
    public static IEnumerable<(string Path, string Text)> Of(WorkflowStep step) => step switch
    {
        { Container: { } container } => Of(container),
        { Agent: { } agent } => JsonTemplate.Texts("agent.input", agent.Input).Concat(agent.ContextId is { } context ? [("agent.contextId", context)] : []),
        { Prompt: { } prompt } => JsonTemplate.Texts("prompt.input", prompt.Input),
        { Tool: { } tool } => JsonTemplate.Texts("tool.arguments", tool.Arguments),
        _ => [],
    };

    private static IEnumerable<(string Path, string Text)> Of(ContainerStep container) =>
        Numbered("command", container.Command)
            .Concat(Numbered("args", container.Args))
            .Concat((container.Env ?? []).Where(static variable => variable.Value is not null).Select(static variable => ($"container.env[{variable.Name}].value", variable.Value!)));

    private static IEnumerable<(string Path, string Text)> Numbered(string field, IReadOnlyList<string>? texts) => (texts ?? []).Select((text, index) => ($"container.{field}[{index}]", text));
}
