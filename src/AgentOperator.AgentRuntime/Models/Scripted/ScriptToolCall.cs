using System.Text.Json.Nodes;

namespace AgentOperator.AgentRuntime.Models.Scripted;

internal sealed record ScriptToolCall
{
    public required string Name { get; init; }

    public JsonObject Arguments { get; init; } = [];
}
