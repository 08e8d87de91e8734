using System.Text.Json;

namespace AgentOperator.AgentRuntime.Serving.A2A;

/// <summary>A2A 1.0 SendMessageRequest.</summary>
internal sealed record SendMessageRequest
{
    public A2AMessage? Message { get; init; }

    public SendMessageConfiguration? Configuration { get; init; }

    public JsonElement? Metadata { get; init; }
}
