using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace AgentOperator.AgentRuntime.Models.OpenAI;

/// <summary>Messages as chat completions take them: text, images, calls of tools and their results. What a model reasoned is not sent back.</summary>
internal static class RequestMessages
{
    public static void Write(Utf8JsonWriter json, IEnumerable<ChatMessage> messages)
    {
        foreach (ChatMessage message in messages)
        {
            foreach (FunctionResultContent result in message.Contents.OfType<FunctionResultContent>())
            {
                WriteResult(json, result);
            }

            List<FunctionCallContent> calls = [.. message.Contents.OfType<FunctionCallContent>()];
            if (message.Role == ChatRole.Assistant)
            {
                WriteAssistant(json, message, calls);
            }
            else if (message.Role != ChatRole.Tool)
            {
                WriteSaid(json, message);
            }
        }
    }

    public static void WriteText(Utf8JsonWriter json, string role, string text)
    {
        json.WriteStartObject();
        json.WriteString("role", role);
        json.WriteString("content", text);
        json.WriteEndObject();
    }

    /// <summary>A result as text, which is all that chat completions know.</summary>
    public static string ResultText(FunctionResultContent result) => result.Result switch
    {
        null => "",
        string text => text,
        JsonElement { ValueKind: JsonValueKind.String } text => text.GetString()!,
        JsonElement value => value.GetRawText(),
        AIContent content => content.ToString() ?? "",
        IEnumerable<AIContent> contents => string.Concat(contents.OfType<TextContent>().Select(static text => text.Text)),
        _ => JsonSerializer.Serialize(result.Result, AIJsonUtilities.DefaultOptions.GetTypeInfo(typeof(object))),
    };

    private static void WriteResult(Utf8JsonWriter json, FunctionResultContent result)
    {
        json.WriteStartObject();
        json.WriteString("role", "tool");
        json.WriteString("tool_call_id", result.CallId);
        json.WriteString("content", ResultText(result));
        json.WriteEndObject();
    }

    private static void WriteAssistant(Utf8JsonWriter json, ChatMessage message, List<FunctionCallContent> calls)
    {
        json.WriteStartObject();
        json.WriteString("role", "assistant");
        json.WriteString("content", message.Text);
        if (calls.Count > 0)
        {
            json.WriteStartArray("tool_calls");
            foreach (FunctionCallContent call in calls)
            {
                json.WriteStartObject();
                json.WriteString("id", call.CallId);
                json.WriteString("type", "function");
                json.WriteStartObject("function");
                json.WriteString("name", call.Name);
                json.WriteString("arguments", Arguments(call));
                json.WriteEndObject();
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static void WriteSaid(Utf8JsonWriter json, ChatMessage message)
    {
        string role = message.Role == ChatRole.System ? "system" : "user";
        List<AIContent> images = [.. message.Contents.Where(static content => content is DataContent or UriContent)];
        if (images.Count == 0)
        {
            if (!message.Contents.All(static content => content is FunctionResultContent) || message.Contents.Count == 0)
            {
                WriteText(json, role, message.Text);
            }

            return;
        }

        json.WriteStartObject();
        json.WriteString("role", role);
        json.WriteStartArray("content");
        foreach (AIContent content in message.Contents)
        {
            WritePart(json, content);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WritePart(Utf8JsonWriter json, AIContent content)
    {
        string? image = content switch
        {
            DataContent data when data.HasTopLevelMediaType("image") => data.Uri,
            UriContent uri when uri.HasTopLevelMediaType("image") => uri.Uri.AbsoluteUri,
            DataContent or UriContent => throw new ModelException(ModelErrorKind.InvalidRequest, "chat completions take text and images only"),
            _ => null,
        };
        if (image is not null)
        {
            json.WriteStartObject();
            json.WriteString("type", "image_url");
            json.WriteStartObject("image_url");
            json.WriteString("url", image);
            json.WriteEndObject();
            json.WriteEndObject();
        }
        else if (content is TextContent text)
        {
            json.WriteStartObject();
            json.WriteString("type", "text");
            json.WriteString("text", text.Text);
            json.WriteEndObject();
        }
    }

    private static string Arguments(FunctionCallContent call)
    {
        using MemoryStream buffer = new();
        using (Utf8JsonWriter json = new(buffer, CompletionRequest.Writing))
        {
            json.WriteStartObject();
            foreach ((string name, object? value) in call.Arguments ?? new Dictionary<string, object?>())
            {
                json.WritePropertyName(name);
                if (value is JsonElement element)
                {
                    element.WriteTo(json);
                }
                else
                {
                    JsonSerializer.Serialize(json, value, AIJsonUtilities.DefaultOptions.GetTypeInfo(typeof(object)));
                }
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }
}
