using System.Text.Json;

namespace AgentOperator.AgentRuntime.Serving.A2A;

/// <summary>A2A 1.0 TaskStatusUpdateEvent.</summary>
internal sealed record A2AStatusUpdate
{
    public required string TaskId { get; init; }

    public required string ContextId { get; init; }

    public required A2AStatus Status { get; init; }

    public JsonElement? Metadata { get; init; }
}
