namespace AgentOperator.Kube.Models.Core;

/// <summary>v1 Lifecycle.</summary>
public sealed record Lifecycle
{
    public LifecycleHandler? PostStart { get; init; }

    public LifecycleHandler? PreStop { get; init; }

    public string? StopSignal { get; init; }
}
