namespace AgentOperator.Workflows.Items;

/// <summary>Results of a step's items that are to be kept before the status is written.</summary>
internal sealed record ItemKeep(ItemNames Names, IReadOnlyList<ItemResult> Results);
