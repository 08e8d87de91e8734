using AgentOperator.Api.Workflows;
using AgentOperator.Workflows.Triggers.Events;

namespace AgentOperator.Workflows.Triggers.Deciding;

/// <summary>What is seen around a definition.</summary>
/// <param name="Children">Workflows that it owns. One that the status has as Running and that is not among them is gone.</param>
/// <param name="Deliveries">Events that were accepted for it.</param>
/// <param name="Problems">What keeps triggers from working, by name, as far as it cannot be told from the spec.</param>
internal sealed record TriggerFacts(IReadOnlyCollection<Workflow> Children, IReadOnlyCollection<EventDelivery> Deliveries, IReadOnlyDictionary<string, string> Problems)
{
    /// <summary>Why the API server would not take Workflows, by their names.</summary>
    public IReadOnlyDictionary<string, string> Refusals { get; init; } = new Dictionary<string, string>();
}
