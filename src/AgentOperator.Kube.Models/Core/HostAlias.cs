namespace AgentOperator.Kube.Models.Core;

/// <summary>v1 HostAlias: a line of the pod's hosts file.</summary>
public sealed record HostAlias
{
    public required string Ip { get; init; }

    public IReadOnlyList<string>? Hostnames { get; init; }
}
