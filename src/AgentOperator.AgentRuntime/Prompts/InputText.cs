using System.Text.Json;

namespace AgentOperator.AgentRuntime.Prompts;

/// <summary>How values are shown to a model: strings as they are, everything else as JSON.</summary>
internal static class InputText
{
    public static string Of(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Undefined => "",
        _ => value.GetRawText(),
    };

    public static string OfField(JsonElement input, string name) =>
        input.ValueKind == JsonValueKind.Object && input.TryGetProperty(name, out JsonElement value) ? Of(value) : "";

    /// <summary>A whole input as a message: the text of <c>{"text": …}</c> alone, else the JSON.</summary>
    public static string OfMessage(JsonElement input) =>
        input.ValueKind == JsonValueKind.Object && input.GetPropertyCount() == 1 && input.TryGetProperty("text", out JsonElement text) && text.ValueKind == JsonValueKind.String
            ? text.GetString()!
            : Of(input);
}
