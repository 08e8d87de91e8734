using AgentOperator.Api.Workflows;

namespace AgentOperator.EndToEnd.Chaos;

/// <summary>One workflow of a chaos run, and what must come of it.</summary>
/// <param name="Kind">What is tried with it.</param>
/// <param name="Workflow">The object to create.</param>
/// <param name="Phase">The end that it must come to.</param>
internal sealed record Shape(string Kind, Workflow Workflow, string Phase)
{
    /// <summary>The attempts that must run, once each, and no others: as their steps count them.</summary>
    public required IReadOnlyList<string> Attempts { get; init; }

    /// <summary>The first of each pair must have begun before the second.</summary>
    public required IReadOnlyList<(string Before, string After)> Orders { get; init; }

    public string Name => Workflow.Metadata.Name!;
}
