using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace AgentOperator.AgentRuntime.Models.OpenAI;

/// <summary>Puts the pieces of a stream together: text passes at once, a tool call when it is complete.</summary>
internal sealed class CompletionStream
{
    private readonly SortedDictionary<int, Call> _calls = [];
    private string? _id;
    private string? _model;
    private string? _finish;
    private UsageDetails? _usage;

    public ChatResponseUpdate Read(JsonElement root)
    {
        Completion.ThrowOnError(root);
        _id ??= Completion.Text(root, "id");
        _model ??= Completion.Text(root, "model");
        _usage = Completion.Usage(root) ?? _usage;
        List<AIContent> contents = [];
        JsonElement? choice = Completion.List(root, "choices").Cast<JsonElement?>().FirstOrDefault();
        if (choice is { } first)
        {
            _finish = Completion.Text(first, "finish_reason") ?? _finish;
            JsonElement delta = Completion.Object(first, "delta") ?? default;
            if (Completion.Reasoning(delta) is { Length: > 0 } reasoning)
            {
                contents.Add(new TextReasoningContent(reasoning));
            }

            if ((Completion.Content(delta) ?? Completion.Text(delta, "refusal")) is { Length: > 0 } text)
            {
                contents.Add(new TextContent(text));
            }

            foreach (JsonElement call in Completion.List(delta, "tool_calls"))
            {
                Add(call);
            }
        }

        return Update(contents);
    }

    /// <summary>The calls, the finish reason and the usage; null when the stream never finished.</summary>
    public ChatResponseUpdate? End()
    {
        if (Completion.Finish(_finish, _calls.Count > 0) is not { } finish)
        {
            return null;
        }

        List<AIContent> contents = [];
        foreach (Call call in _calls.Values)
        {
            contents.Add(Completion.Call(call.Id, call.Name ?? throw new ModelException(ModelErrorKind.BadAnswer, "a tool call of the answer has no name"), call.Arguments.ToString()));
        }

        if (_usage is not null)
        {
            contents.Add(new UsageContent(_usage));
        }

        ChatResponseUpdate update = Update(contents);
        update.FinishReason = finish;
        return update;
    }

    private void Add(JsonElement piece)
    {
        string? id = Completion.Text(piece, "id");
        int index = piece.TryGetProperty("index", out JsonElement given) && given.TryGetInt32(out int known) ? known

            // Gemini and Ollama send whole calls without an index: another id, or none at all, is another call.
            : _calls.Where(call => id is { Length: > 0 } && call.Value.Id == id).Select(static call => (int?)call.Key).FirstOrDefault() ?? _calls.Count;
        if (_calls.TryGetValue(index, out Call? call) && id is { Length: > 0 } && call.Id is { Length: > 0 } && call.Id != id)
        {
            // Ollama has given every parallel call the index 0.
            index = _calls.Keys.Last() + 1;
            call = null;
        }

        if (call is null)
        {
            _calls[index] = call = new Call();
        }

        JsonElement function = Completion.Object(piece, "function") ?? default;
        call.Id ??= id;
        call.Name ??= Completion.Text(function, "name");
        call.Arguments.Append(Completion.Arguments(function));
    }

    private ChatResponseUpdate Update(List<AIContent> contents) => new(ChatRole.Assistant, contents) { ResponseId = _id, MessageId = _id, ModelId = _model };

    private sealed class Call
    {
        public string? Id { get; set; }

        public string? Name { get; set; }

        public StringBuilder Arguments { get; } = new();
    }
}
