namespace AgentOperator.Manifests.Tests;

/// <summary>A kind around the spec of a test.</summary>
internal sealed record Root<TSpec>
{
    /// <summary>What to do.</summary>
    public required TSpec Spec { get; init; }
}
