using AgentOperator.Workflows.Observing;

namespace AgentOperator.Workflows.Items;

/// <summary>What items of a step left behind: read when a decision asks for it.</summary>
/// <param name="Results">What they gave, over all attempts.</param>
internal sealed record ItemEvidence(ItemResults Results)
{
    /// <summary>Newest pods of an Indexed Job that has ended, by index: of failed ones, and of completed ones that gave nothing through the channel.</summary>
    public IReadOnlyDictionary<int, PodObservation> Pods { get; init; } = new Dictionary<int, PodObservation>();
}
