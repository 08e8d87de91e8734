namespace AgentOperator.Kube.Models.Core;

/// <summary>v1 ContainerStatus.</summary>
public sealed record ContainerStatus
{
    public required string Name { get; init; }

    public ContainerState? State { get; init; }

    public ContainerState? LastState { get; init; }

    public bool Ready { get; init; }

    public int RestartCount { get; init; }

    public string Image { get => field ?? ""; init; }

    public string ImageID { get => field ?? ""; init; }

    public string? ContainerID { get; init; }

    public bool? Started { get; init; }
}
