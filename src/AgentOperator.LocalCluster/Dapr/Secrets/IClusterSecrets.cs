namespace AgentOperator.Local.Dapr.Secrets;

/// <summary>Secrets of the cluster's namespaces.</summary>
internal interface IClusterSecrets
{
    /// <summary>For Components: read by Dapr's operator, which may read all. Null when there is none.</summary>
    Task<IReadOnlyDictionary<string, string>?> FindAsync(string ns, string name, CancellationToken cancellation);

    /// <summary>For the app, with the rights of its pod's service account.</summary>
    /// <exception cref="SecretStoreException">It may not.</exception>
    Task<IReadOnlyDictionary<string, string>?> FindAsAppAsync(string ns, string name, CancellationToken cancellation);

    /// <summary>All of a namespace, with the rights of the pod's service account.</summary>
    /// <exception cref="SecretStoreException">It may not.</exception>
    Task<IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>>> AllAsAppAsync(string ns, CancellationToken cancellation);
}
