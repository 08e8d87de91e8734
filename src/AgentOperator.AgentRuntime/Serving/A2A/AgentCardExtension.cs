using System.Text.Json;

namespace AgentOperator.AgentRuntime.Serving.A2A;

/// <summary>A2A 1.0 AgentExtension.</summary>
internal sealed record AgentCardExtension
{
    public required string Uri { get; init; }

    public string? Description { get; init; }

    public bool Required { get; }

    public JsonElement? Params { get; init; }
}
