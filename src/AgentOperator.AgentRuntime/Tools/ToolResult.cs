using System.Text.Json;

namespace AgentOperator.AgentRuntime.Tools;

/// <summary>What a tool gave back.</summary>
/// <param name="Text">For the model.</param>
/// <param name="IsError">The tool failed, or was not called.</param>
/// <param name="Structured">The result as JSON, where the tool gives it.</param>
internal sealed record ToolResult(string Text, bool IsError = false, JsonElement? Structured = null);
