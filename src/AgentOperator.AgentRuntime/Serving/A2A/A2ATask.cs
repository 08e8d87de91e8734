namespace AgentOperator.AgentRuntime.Serving.A2A;

/// <summary>A2A 1.0 Task.</summary>
internal sealed record A2ATask
{
    public required string Id { get; init; }

    public required string ContextId { get; init; }

    public required A2AStatus Status { get; init; }

    public IReadOnlyList<A2AArtifact>? Artifacts { get; init; }

    public IReadOnlyList<A2AMessage>? History { get; init; }
}
