using System.Text;
using System.Text.Json;
using AgentOperator.Api.JsonSchemas;
using AgentOperator.Api.PromptTemplates;
using AgentOperator.Api.Runtime;
using Microsoft.Extensions.AI;

namespace AgentOperator.AgentRuntime.Prompts;

/// <summary>The agent's prompt, parsed once. Rendering is pure: system message (text, the skill's instructions, the form of the answer, constraints), examples as turns,
/// what is remembered, the input.</summary>
internal sealed class Prompt
{
    private readonly List<(string Role, TemplateText Text)> _messages = [];
    private readonly IReadOnlyList<PromptExample> _examples;
    private readonly IReadOnlyList<string> _constraints;

    private Prompt(PromptContent? content) => (_examples, _constraints, Output) = (content?.Examples ?? [], content?.Constraints ?? [], content?.Output);

    /// <summary>What the variables must be; null when anything will do.</summary>
    public JsonSchema? Inputs { get; private init; }

    /// <summary>Schema of the answer where a skill has none of its own.</summary>
    public JsonElement? Output { get; }

    public static Prompt Create(RuntimePrompt? prompt, List<string> problems)
    {
        Prompt parsed = new(prompt?.Content) { Inputs = Schemas.Parse(prompt?.Content.Inputs, "prompt.content.inputs", problems) };
        foreach ((PromptMessage message, int index) in (prompt?.Content.Messages ?? []).Select(static (message, index) => (message, index)))
        {
            try
            {
                parsed._messages.Add((message.Role, prompt!.IsLiteral ? TemplateText.Literal(message.Content) : TemplateText.Parse(message.Content)));
            }
            catch (FormatException error)
            {
                problems.Add($"prompt.content.messages[{index}]: {error.Message}");
            }
        }

        return parsed;
    }

    /// <summary>All messages of the first request; the last one is the user's.</summary>
    /// <param name="input">An object.</param>
    /// <param name="instructions">The skill's.</param>
    /// <param name="form">How to answer.</param>
    /// <param name="wrapsExamples">True: answers of examples are shown as the form wants them.</param>
    /// <param name="history">What is remembered of the conversation.</param>
    public List<ChatMessage> Render(JsonElement input, TemplateText? instructions, string? form, bool wrapsExamples, IReadOnlyList<ChatMessage> history)
    {
        List<ChatMessage> messages = [];
        string system = System(input, instructions, form);
        if (system.Length > 0)
        {
            messages.Add(new ChatMessage(ChatRole.System, system));
        }

        foreach (PromptExample example in _examples)
        {
            AddTurns(messages, example.Input);
            messages.Add(new ChatMessage(ChatRole.Assistant, wrapsExamples ? $"{{\"result\":{example.Output.GetRawText()}}}" : InputText.Of(example.Output)));
        }

        messages.AddRange(history);
        AddTurns(messages, input);
        return messages;
    }

    private string System(JsonElement input, TemplateText? instructions, string? form)
    {
        StringBuilder system = new();
        foreach ((_, TemplateText text) in _messages.Where(static message => message.Role == PromptRoles.System))
        {
            Add(system, text.Render(input));
        }

        Add(system, instructions?.Render(input));
        Add(system, form);
        Add(system, _constraints.Count == 0 ? null : string.Join('\n', _constraints.Select(static constraint => $"- {constraint}")));
        return system.ToString();
    }

    private static void Add(StringBuilder system, string? part)
    {
        if (!string.IsNullOrEmpty(part))
        {
            system.Append(system.Length == 0 ? "" : "\n\n").Append(part);
        }
    }

    private void AddTurns(List<ChatMessage> messages, JsonElement input)
    {
        bool isAsked = false;
        foreach ((string role, TemplateText text) in _messages.Where(static message => message.Role != PromptRoles.System))
        {
            isAsked = role == PromptRoles.User;
            messages.Add(new ChatMessage(isAsked ? ChatRole.User : ChatRole.Assistant, text.Render(input)));
        }

        if (!isAsked)
        {
            messages.Add(new ChatMessage(ChatRole.User, InputText.OfMessage(input)));
        }
    }
}
