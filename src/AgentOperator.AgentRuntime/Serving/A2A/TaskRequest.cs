namespace AgentOperator.AgentRuntime.Serving.A2A;

/// <summary>Parameters of the methods on tasks.</summary>
internal sealed record TaskRequest
{
    public string? Id { get; init; }

    public int? HistoryLength { get; init; }

    public string? ContextId { get; init; }

    public string? Status { get; init; }

    public int? PageSize { get; init; }

    public string? PageToken { get; init; }

    public bool IncludeArtifacts { get; init; }
}
