namespace AgentOperator.Kube.Models.Batch;

/// <summary>batch/v1 UncountedTerminatedPods.</summary>
public sealed record UncountedTerminatedPods
{
    public IReadOnlyList<string>? Succeeded { get; init; }

    public IReadOnlyList<string>? Failed { get; init; }
}
