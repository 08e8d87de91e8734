namespace AgentOperator.Kube.Models.Core;

/// <summary>v1 GRPCAction.</summary>
public sealed record GrpcAction
{
    public int Port { get; init; }

    public string? Service { get; init; }
}
