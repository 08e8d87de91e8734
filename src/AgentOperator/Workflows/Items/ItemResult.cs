namespace AgentOperator.Workflows.Items;

/// <summary>A result that is to be kept before status says that its item has succeeded.</summary>
/// <param name="Place">The item.</param>
/// <param name="Text">One JSON object keyed by output name.</param>
internal sealed record ItemResult(int Place, string Text);
