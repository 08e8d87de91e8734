namespace AgentOperator.Kube.Models.Core;

/// <summary>v1 TCPSocketAction.</summary>
public sealed record TcpSocketAction
{
    public IntOrString Port { get; init; }

    public string? Host { get; init; }
}
