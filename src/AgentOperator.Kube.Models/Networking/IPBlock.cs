namespace AgentOperator.Kube.Models.Networking;

/// <summary>networking.k8s.io/v1 IPBlock.</summary>
public sealed record IPBlock
{
    public required string Cidr { get; init; }

    public IReadOnlyList<string>? Except { get; init; }
}
