namespace AgentOperator.Local.Dapr.State;

/// <summary>One write of a transaction.</summary>
internal sealed record StateOperation
{
    /// <summary><c>upsert</c> or <c>delete</c>.</summary>
    public string? Operation { get; init; }

    public StateSetItem? Request { get; init; }
}
