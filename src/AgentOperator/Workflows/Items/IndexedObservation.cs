namespace AgentOperator.Workflows.Items;

/// <summary>What is seen of an Indexed Job. Indexes are the Job's own: which items they are, the attempt's set of places says.</summary>
internal sealed record IndexedObservation
{
    public IndexRanges Completed { get; init; } = IndexRanges.Empty;

    public IndexRanges Failed { get; init; } = IndexRanges.Empty;
}
