namespace AgentOperator.Kube.Credentials;

/// <summary>What the plugin is told.</summary>
internal sealed record ExecCredentialSpec
{
    public bool Interactive { get; init; }

    public ExecCluster? Cluster { get; init; }
}
