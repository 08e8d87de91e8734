using System.Text.Json;
using AgentOperator.AgentRuntime.Models.Http;
using Microsoft.Extensions.AI;

namespace AgentOperator.AgentRuntime.Models.OpenAI;

/// <summary>What answers and pieces of a stream have in common, read as forgivingly as the servers in use need.</summary>
internal static class Completion
{
    public static string? Text(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    public static JsonElement? Object(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Object ? value : null;

    public static IEnumerable<JsonElement> List(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : [];

    /// <summary>Text, or a list of parts with text.</summary>
    public static string? Content(JsonElement message) =>
        Text(message, "content") ?? (List(message, "content").ToList() is { Count: > 0 } parts ? string.Concat(parts.Select(static part => Text(part, "text"))) : null);

    /// <summary>vLLM, DeepSeek and Ollama each have a name for it.</summary>
    public static string? Reasoning(JsonElement message) => Text(message, "reasoning_content") ?? Text(message, "reasoning");

    /// <summary>Some servers say "stop" although they call tools.</summary>
    public static ChatFinishReason? Finish(string? reason, bool callsTools) => reason switch
    {
        null => null,
        "length" or "max_tokens" => ChatFinishReason.Length,
        "content_filter" => ChatFinishReason.ContentFilter,
        "tool_calls" or "function_call" => ChatFinishReason.ToolCalls,
        _ => callsTools ? ChatFinishReason.ToolCalls : ChatFinishReason.Stop,
    };

    public static UsageDetails? Usage(JsonElement root)
    {
        if (Object(root, "usage") is not { } usage)
        {
            return null;
        }

        JsonElement? input = Object(usage, "prompt_tokens_details");
        JsonElement? output = Object(usage, "completion_tokens_details");
        return new UsageDetails
        {
            InputTokenCount = Count(usage, "prompt_tokens"),
            OutputTokenCount = Count(usage, "completion_tokens"),
            TotalTokenCount = Count(usage, "total_tokens"),
            CachedInputTokenCount = Count(input, "cached_tokens") ?? Count(usage, "prompt_cache_hit_tokens"),
            ReasoningTokenCount = Count(output, "reasoning_tokens"),
        };
    }

    /// <summary>Arguments are JSON in a string; some servers write the object itself. Bad ones are told to whoever runs the tools, in the call.</summary>
    public static FunctionCallContent Call(string? id, string name, string arguments)
    {
        id = string.IsNullOrEmpty(id) ? $"call_{Guid.NewGuid():N}" : id;
        if (arguments.AsSpan().Trim().IsEmpty)
        {
            return new FunctionCallContent(id, name, new Dictionary<string, object?>());
        }

        try
        {
            JsonElement root = JsonElement.Parse(arguments);
            return root.ValueKind == JsonValueKind.Object
                ? new FunctionCallContent(id, name, root.EnumerateObject().GroupBy(static entry => entry.Name).ToDictionary(static entry => entry.Key, static entry => (object?)entry.Last().Value))
                : BadCall(id, name);
        }
        catch (JsonException)
        {
            return BadCall(id, name);
        }
    }

    /// <summary>Text of the arguments, or null when there are none here.</summary>
    public static string? Arguments(JsonElement function) =>
        Text(function, "arguments") ?? Object(function, "arguments")?.GetRawText();

    /// <summary>OpenRouter and others answer 200 and put the error into the body.</summary>
    public static void ThrowOnError(JsonElement root)
    {
        if (root.ValueKind == JsonValueKind.Object && root.TryGetProperty("error", out JsonElement error) && error.ValueKind is JsonValueKind.Object or JsonValueKind.String)
        {
            string code = ErrorText.Code(root.GetRawText());
            int? status = error.ValueKind == JsonValueKind.Object && Count(error, "code") is { } number and >= 400 and < 600 ? (int)number : null;
            ModelErrorKind kind = status is { } known ? ErrorKinds.Of(known, code, "") : ErrorKinds.OfCode(code);
            throw new ModelException(kind, $"the provider answered with an error ({code.Trim()})") { Status = status };
        }
    }

    private static FunctionCallContent BadCall(string id, string name) =>
        new(id, name) { Exception = new InvalidOperationException("the arguments are not a JSON object") };

    private static long? Count(JsonElement? parent, string name) =>
        parent is { ValueKind: JsonValueKind.Object } known && known.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out long count) ? count : null;
}
