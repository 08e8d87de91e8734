using AgentOperator.Api.Schema;

namespace AgentOperator.Api.Workflows;

/// <summary>Runs the step once for each item of a list. Within the step, <c>item</c> is the item and <c>index</c> its place, from 0. Each declared output is a list of the items' results, in their order.</summary>
public sealed record ForEach
{
    /// <summary>The list: a CEL expression such as <c>['unit', 'api']</c>, <c>params.targets</c> or <c>steps.plan.outputs.tasks</c>.</summary>
    [Bounds(1, 16384)]
    public required string Items { get; init; }

    /// <summary>Most items that are under way at once; no limit if absent.</summary>
    [Bounds(1, 10000)]
    public int? Parallelism { get; init; }

    /// <summary>Items that may fail for good without the step failing; if absent 0, or with enough as many as it can do without. Their results are null.</summary>
    [Bounds(0, 10000)]
    public int? MaxFailed { get; init; }

    /// <summary>The step succeeds as soon as this many items have, and the rest is stopped; all of them if absent.</summary>
    [Bounds(1, 10000)]
    public int? Enough { get; init; }
}
