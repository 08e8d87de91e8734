namespace AgentOperator.Kube.Models.Core;

/// <summary>v1 NodeDaemonEndpoints: where the node's own server listens.</summary>
public sealed record NodeDaemonEndpoints
{
    public DaemonEndpoint? KubeletEndpoint { get; init; }
}
