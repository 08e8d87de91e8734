namespace AgentOperator.Kube.Models.Core;

/// <summary>v1 Probe: one of its actions, and how often it is tried.</summary>
public sealed record Probe
{
    public ExecAction? Exec { get; init; }

    public HttpGetAction? HttpGet { get; init; }

    public TcpSocketAction? TcpSocket { get; init; }

    public GrpcAction? Grpc { get; init; }

    public int? InitialDelaySeconds { get; init; }

    /// <summary>1 when absent.</summary>
    public int? TimeoutSeconds { get; init; }

    /// <summary>10 when absent.</summary>
    public int? PeriodSeconds { get; init; }

    /// <summary>1 when absent.</summary>
    public int? SuccessThreshold { get; init; }

    /// <summary>3 when absent.</summary>
    public int? FailureThreshold { get; init; }

    public long? TerminationGracePeriodSeconds { get; init; }
}
