namespace AgentOperator.Kube.Models.Core;

/// <summary>v1 NodeAddress.</summary>
public sealed record NodeAddress
{
    /// <summary><c>InternalIP</c>, <c>Hostname</c>, …</summary>
    public required string Type { get; init; }

    public required string Address { get; init; }
}
