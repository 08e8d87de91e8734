namespace AgentOperator.Local.Dapr.Secrets;

/// <summary><c>secretstores.kubernetes</c>.</summary>
internal sealed class ClusterSecretStore(IClusterSecrets secrets, string defaultNamespace) : ISecretStore
{
    public Task<IReadOnlyDictionary<string, string>?> FindAsync(string name, string? ns, CancellationToken cancellation) => secrets.FindAsAppAsync(ns ?? defaultNamespace, name, cancellation);

    public Task<IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>>> AllAsync(string? ns, CancellationToken cancellation) => secrets.AllAsAppAsync(ns ?? defaultNamespace, cancellation);
}
