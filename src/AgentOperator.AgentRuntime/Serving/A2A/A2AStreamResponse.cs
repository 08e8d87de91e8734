namespace AgentOperator.AgentRuntime.Serving.A2A;

/// <summary>A2A 1.0 StreamResponse, and with a task alone SendMessageResponse.</summary>
internal sealed record A2AStreamResponse
{
    public A2ATask? Task { get; init; }

    public A2AStatusUpdate? StatusUpdate { get; init; }

    public A2AArtifactUpdate? ArtifactUpdate { get; init; }

    /// <summary>True: nothing follows.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool IsLast => A2AStates.IsQuiet(StatusUpdate?.Status.State ?? Task?.Status.State ?? "");
}
