using System.Text.Json;

namespace AgentOperator.AgentRuntime.Serving.A2A;

/// <summary>A2A 1.0 Part: text or data here.</summary>
internal sealed record A2APart
{
    public string? Text { get; init; }

    public JsonElement? Data { get; init; }

    public string? MediaType { get; init; }

    public static A2APart Of(string text) => new() { Text = text, MediaType = "text/plain" };

    public static A2APart Of(JsonElement value) => value.ValueKind == JsonValueKind.String ? Of(value.GetString()!) : new A2APart { Data = value, MediaType = "application/json" };
}
