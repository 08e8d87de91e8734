namespace AgentOperator.Local.Dapr.Secrets;

/// <summary>A store of secrets, each a map of keys to values.</summary>
internal interface ISecretStore
{
    /// <summary>Null when there is no such secret.</summary>
    Task<IReadOnlyDictionary<string, string>?> FindAsync(string name, string? ns, CancellationToken cancellation);

    Task<IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>>> AllAsync(string? ns, CancellationToken cancellation);
}
