using System.Text.Json;
using AgentOperator.AgentRuntime.Loop;
using Microsoft.AspNetCore.Http;

namespace AgentOperator.AgentRuntime.Serving;

/// <summary>Bodies of requests, read whole and bounded by the server's limit.</summary>
internal static class RequestBodies
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <summary>The bytes of the body.</summary>
    public static async Task<byte[]> ReadAsync(HttpContext http)
    {
        using MemoryStream buffer = new((int)Math.Min(http.Request.ContentLength ?? 0, 1 << 20));
        await http.Request.Body.CopyToAsync(buffer, http.RequestAborted);
        return buffer.ToArray();
    }

    /// <summary>An input: an object; a string stands for <c>{"text": …}</c>, nothing for <c>{}</c>.</summary>
    /// <exception cref="CallEndedException">It is none, or too large.</exception>
    public static JsonElement ParseInput(ReadOnlySpan<byte> bytes, int most)
    {
        if (bytes.Length > most)
        {
            throw new CallEndedException(SkillEnd.Refused, SkillReasons.InputTooLarge, $"The input has {bytes.Length} bytes; the agent takes {most} (guard.maxInputBytes).");
        }

        if (bytes.Trim(" \t\r\n"u8).IsEmpty)
        {
            return JsonValues.EmptyObject;
        }

        JsonElement value;
        try
        {
            value = JsonElement.Parse(bytes, Strict);
        }
        catch (JsonException error)
        {
            throw new CallEndedException(SkillEnd.Refused, SkillReasons.BadInput, error.BytePositionInLine is { } position ? $"The input cannot be read as JSON (byte {position} of line {error.LineNumber + 1}), or is nested too deeply." : "The input is JSON in which a name occurs twice.");
        }

        return Object(value);
    }

    /// <exception cref="CallEndedException">It is neither object nor string.</exception>
    public static JsonElement Object(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => value,
        JsonValueKind.String => JsonValues.Of([new("text", value.GetString())]),
        _ => throw new CallEndedException(SkillEnd.Refused, SkillReasons.BadInput, "The input must be a JSON object, or a string for {\"text\": …}."),
    };
}
