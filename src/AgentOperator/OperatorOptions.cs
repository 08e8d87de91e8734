namespace AgentOperator;

/// <summary>What the operator is told at start.</summary>
internal sealed record OperatorOptions
{
    /// <summary>Kubeconfig file; null for KUBECONFIG, the pod's service account, or ~/.kube/config.</summary>
    public string? KubeConfig { get; init; }

    /// <summary>Namespace to work in; null for all.</summary>
    public string? Namespace { get; init; }

    /// <summary>Objects of one kind reconciled at the same time.</summary>
    public int Workers { get; init; } = 16;
}
