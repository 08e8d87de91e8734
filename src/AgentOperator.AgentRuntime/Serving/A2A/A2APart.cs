using System.Text.Json;
using System.Text.Json.Serialization;

namespace AgentOperator.AgentRuntime.Serving.A2A;

/// <summary>A2A 1.0 Part: text or data here.</summary>
internal sealed record A2APart
{
    public string? Text { get; init; }

    public JsonElement? Data { get; init; }

    public string? MediaType { get; init; }

    /// <summary>Length of what it holds.</summary>
    [JsonIgnore]
    public long Characters => (Text?.Length ?? 0) + (Data?.GetRawText().Length ?? 0);

    public static A2APart Of(string text) => new() { Text = text, MediaType = "text/plain" };

    public static A2APart Of(JsonElement value) => value.ValueKind == JsonValueKind.String ? Of(value.GetString()!) : new A2APart { Data = value, MediaType = "application/json" };
}
