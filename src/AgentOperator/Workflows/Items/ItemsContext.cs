using AgentOperator.Api.Workflows;
using AgentOperator.Workflows.Observing;

namespace AgentOperator.Workflows.Items;

/// <summary>What the items of a step are decided with.</summary>
internal sealed record ItemsContext
{
    public required WorkflowStep Step { get; init; }

    /// <summary>The step's own policy, or the workflow's.</summary>
    public RetryPolicy? Retry { get; init; }

    /// <summary>Names of attempts: of the whole step (null), or of one item.</summary>
    public required ItemNames Names { get; init; }

    /// <summary>What is seen of Jobs, by name.</summary>
    public required IReadOnlyDictionary<string, AttemptObservation> Attempts { get; init; }

    /// <summary>What items left behind; null while it was not read.</summary>
    public ItemEvidence? Evidence { get; init; }

    /// <summary>Bytes that the run's status still has for outputs.</summary>
    public required int Room { get; init; }

    /// <summary>False while the run is suspended: nothing new starts.</summary>
    public bool MayStart { get; init; } = true;

    public required DateTimeOffset Now { get; init; }
}
