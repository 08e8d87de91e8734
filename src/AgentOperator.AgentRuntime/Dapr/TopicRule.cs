namespace AgentOperator.AgentRuntime.Dapr;

/// <summary>A path and the CEL condition for it, over <c>event</c>.</summary>
internal sealed record TopicRule
{
    public required string Match { get; init; }

    public required string Path { get; init; }
}
