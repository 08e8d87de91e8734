namespace AgentOperator.AgentRuntime.Serving.A2A;

/// <summary>A2A 1.0 ListTasksResponse.</summary>
internal sealed record A2ATaskList
{
    public required IReadOnlyList<A2ATask> Tasks { get; init; }

    public required string NextPageToken { get; init; }

    public required int PageSize { get; init; }

    public required int TotalSize { get; init; }
}
