using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace AgentOperator.AgentRuntime.Models.Scripted;

/// <summary>What a scripted model says.</summary>
internal sealed record ScriptAnswer
{
    public string? Text { get; init; }

    /// <summary>In place of text: written as JSON.</summary>
    public JsonNode? Json { get; init; }

    public IReadOnlyList<ScriptToolCall> ToolCalls { get; init; } = [];

    public string? Reasoning { get; init; }

    /// <summary>Null: words are counted.</summary>
    public UsageDetails? Usage { get; init; }

    /// <summary>Null: <c>tool_calls</c> when it calls tools, else <c>stop</c>.</summary>
    public ChatFinishReason? FinishReason { get; init; }
}
