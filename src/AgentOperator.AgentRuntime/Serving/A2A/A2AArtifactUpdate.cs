namespace AgentOperator.AgentRuntime.Serving.A2A;

/// <summary>A2A 1.0 TaskArtifactUpdateEvent.</summary>
internal sealed record A2AArtifactUpdate
{
    public required string TaskId { get; init; }

    public required string ContextId { get; init; }

    public required A2AArtifact Artifact { get; init; }

    public bool? LastChunk { get; init; }
}
