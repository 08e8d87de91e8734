namespace AgentOperator.AgentRuntime.Dapr;

/// <summary>Paths by condition; the first rule that matches counts.</summary>
internal sealed record TopicRoutes
{
    public IReadOnlyList<TopicRule>? Rules { get; init; }

    public string? Default { get; init; }
}
