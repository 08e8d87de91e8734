namespace AgentOperator.Kube.Models.Core;

/// <summary>v1 PodIP.</summary>
public sealed record PodIP
{
    public required string Ip { get; init; }
}
