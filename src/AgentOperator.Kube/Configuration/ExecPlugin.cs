namespace AgentOperator.Kube.Configuration;

/// <summary>A program that gives credentials (<c>users[].user.exec</c> of a kubeconfig, client.authentication.k8s.io v1 and v1beta1). It runs without a terminal.</summary>
public sealed record ExecPlugin(string ApiVersion, string Command)
{
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>Variables on top of this process's own.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>What to tell a person when the program is not there.</summary>
    public string? InstallHint { get; init; }

    /// <summary>The program is told about the cluster (<c>provideClusterInfo</c>).</summary>
    public bool ProvideClusterInfo { get; init; }

    /// <summary>JSON from the cluster's extension <c>client.authentication.k8s.io/exec</c>, passed on with the cluster; null for none.</summary>
    public string? ClusterConfig { get; init; }
}
