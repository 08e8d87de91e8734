using System.Text.Json;
using Microsoft.Extensions.AI;

namespace AgentOperator.AgentRuntime.Models.OpenAI;

/// <summary>An answer in one piece.</summary>
internal static class CompletionReader
{
    public static ChatResponse Read(JsonElement root)
    {
        Completion.ThrowOnError(root);
        JsonElement? choice = Completion.List(root, "choices").Cast<JsonElement?>().FirstOrDefault();
        if (choice is null || Completion.Object(choice.Value, "message") is not { } message)
        {
            throw new ModelException(ModelErrorKind.BadAnswer, "the answer has no choices[0].message");
        }

        List<AIContent> contents = [];
        if (Completion.Reasoning(message) is { Length: > 0 } reasoning)
        {
            contents.Add(new TextReasoningContent(reasoning));
        }

        if (Completion.Content(message) is { Length: > 0 } text)
        {
            contents.Add(new TextContent(text));
        }

        string? refusal = Completion.Text(message, "refusal");
        if (!string.IsNullOrEmpty(refusal))
        {
            contents.Add(new TextContent(refusal));
        }

        bool callsTools = false;
        foreach (JsonElement call in Completion.List(message, "tool_calls"))
        {
            JsonElement function = Completion.Object(call, "function") ?? default;
            string name = Completion.Text(function, "name") ?? throw new ModelException(ModelErrorKind.BadAnswer, "a tool call of the answer has no name");
            contents.Add(Completion.Call(Completion.Text(call, "id"), name, Completion.Arguments(function) ?? ""));
            callsTools = true;
        }

        string? id = Completion.Text(root, "id");
        return new ChatResponse(new ChatMessage(ChatRole.Assistant, contents) { MessageId = id })
        {
            ResponseId = id,
            ModelId = Completion.Text(root, "model"),
            FinishReason = string.IsNullOrEmpty(refusal) ? Completion.Finish(Completion.Text(choice.Value, "finish_reason") ?? "stop", callsTools) : ChatFinishReason.ContentFilter,
            Usage = Completion.Usage(root),
        };
    }
}
