using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace AgentOperator.AgentRuntime.Models.Http;

/// <summary>The provider's own short words about a failure, without keys and without the text of the request.</summary>
internal static partial class ErrorText
{
    private const int MaxLength = 200;

    // Long enough that ordinary words of an error are not taken for the prompt's.
    private const int Window = 24;

    /// <summary>From an error body. Only the message of a JSON error is taken: a proxy's HTML says nothing to anybody.</summary>
    public static string Of(string body, string? apiKey, string? request, string model)
    {
        string message = Find(body) is { Length: > 0 } found ? found : "no message";
        if (!string.IsNullOrEmpty(apiKey))
        {
            message = message.Replace(apiKey, "[key]", StringComparison.Ordinal);
        }

        message = Key().Replace(message, "[key]");
        message = WithoutRequest(Line().Replace(message, " "), request, model);
        return message.Length <= MaxLength ? message : message[..(char.IsHighSurrogate(message[MaxLength - 1]) ? MaxLength - 1 : MaxLength)] + "…";
    }

    /// <summary>The error's type and code, which say more than its status.</summary>
    public static string Code(string body)
    {
        JsonElement? error = Error(body);
        return error is { ValueKind: JsonValueKind.Object } known ? $"{Text(known, "type")} {Text(known, "code")} {Text(known, "status")}" : "";
    }

    private static string? Find(string body) => Error(body) switch
    {
        { ValueKind: JsonValueKind.String } text => text.GetString(),
        { ValueKind: JsonValueKind.Object } error => Text(error, "message") ?? Text(error, "detail") ?? Text(error, "type"),
        _ => null,
    };

    private static JsonElement? Error(string body)
    {
        try
        {
            JsonElement root = JsonElement.Parse(body);

            // Gemini's compatible endpoint wraps its error in a list.
            root = root.ValueKind == JsonValueKind.Array && root.GetArrayLength() > 0 ? root[0] : root;
            return root.ValueKind == JsonValueKind.Object && root.TryGetProperty("error", out JsonElement error) ? error : root;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Text(JsonElement error, string name) =>
        error.TryGetProperty(name, out JsonElement value) && value.ValueKind is JsonValueKind.String or JsonValueKind.Number ? value.ToString() : null;

    private static string WithoutRequest(string message, string? request, string model)
    {
        if (request is null || message.Length < Window)
        {
            return message;
        }

        string kept = message.Replace(model, new string('\u0001', model.Length), StringComparison.Ordinal);
        bool[] quoted = new bool[message.Length];
        for (int at = 0; at + Window <= message.Length; at++)
        {
            if (request.Contains(kept.Substring(at, Window), StringComparison.Ordinal))
            {
                Array.Fill(quoted, true, at, Window);
            }
        }

        StringBuilder text = new(message.Length);
        for (int at = 0; at < message.Length; at++)
        {
            if (!quoted[at])
            {
                text.Append(message[at]);
            }
            else if (at == 0 || !quoted[at - 1])
            {
                text.Append("[request]");
            }
        }

        return text.ToString();
    }

    [GeneratedRegex(@"\b(?:sk|pk|rk|key|gsk|xai|AIza)[-_][A-Za-z0-9_*.\-]{6,}|\bAIza[A-Za-z0-9_\-]{10,}|\b[Bb]earer\s+\S+", RegexOptions.NonBacktracking)]
    private static partial Regex Key();

    [GeneratedRegex(@"\s+", RegexOptions.NonBacktracking)]
    private static partial Regex Line();
}
