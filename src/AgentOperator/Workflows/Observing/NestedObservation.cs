using System.Text.Json;

namespace AgentOperator.Workflows.Observing;

/// <summary>What is seen of the Workflow that is an attempt of a workflow step.</summary>
/// <param name="Outputs">Its results, once it has succeeded.</param>
/// <param name="Cancel">What to ask of it to cancel its run; null when it has none under way.</param>
internal sealed record NestedObservation(IReadOnlyDictionary<string, JsonElement>? Outputs, string? Cancel)
{
    /// <summary>Its run's clock stands still, as while all that is left waits for people or locks.</summary>
    public bool IsIdle { get; init; }

    /// <summary>What to ask of it to end its run at once, undoing nothing; null when it has none under way, or was asked.</summary>
    public string? CancelAtOnce { get; init; }
}
