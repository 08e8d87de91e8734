namespace AgentOperator.Kube.Models.Networking;

/// <summary>networking.k8s.io/v1 NetworkPolicyPort.</summary>
public sealed record NetworkPolicyPort
{
    /// <summary><c>TCP</c>, <c>UDP</c> or <c>SCTP</c>.</summary>
    public string? Protocol { get; init; }

    public IntOrString? Port { get; init; }

    /// <summary>Last port of a range that begins with a number in <see cref="Port"/>.</summary>
    public int? EndPort { get; init; }
}
