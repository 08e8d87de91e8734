namespace AgentOperator.AgentRuntime.Tools;

/// <summary>What a server offers, under the server's own names.</summary>
/// <param name="Tools">Tools that may be used.</param>
/// <param name="Problem">What was left out and why.</param>
internal sealed record FoundTools(IReadOnlyList<ToolDefinition> Tools, string? Problem);
