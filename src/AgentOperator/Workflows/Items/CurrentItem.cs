namespace AgentOperator.Workflows.Items;

/// <summary>The attempt of an item that is under way.</summary>
/// <param name="Place">The item.</param>
/// <param name="Attempt">Number of the attempt.</param>
/// <param name="Job">Its Job.</param>
/// <param name="WasSeen">Whether the Job was seen: without that, it may still have to be created.</param>
internal sealed record CurrentItem(int Place, int Attempt, string Job, bool WasSeen);
