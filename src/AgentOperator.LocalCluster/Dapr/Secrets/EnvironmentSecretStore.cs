namespace AgentOperator.Local.Dapr.Secrets;

/// <summary><c>secretstores.local.env</c>: the sidecar's own variables, without those of Dapr itself.</summary>
internal sealed class EnvironmentSecretStore(IReadOnlyDictionary<string, string> environment, string prefix) : ISecretStore
{
    public Task<IReadOnlyDictionary<string, string>?> FindAsync(string name, string? ns, CancellationToken cancellation)
    {
        // A variable that is not there has an empty value, as in Dapr.
        string value = IsHidden(prefix + name) ? "" : environment.GetValueOrDefault(prefix + name) ?? "";
        return Task.FromResult<IReadOnlyDictionary<string, string>?>(One(name, value));
    }

    public Task<IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>>> AllAsync(string? ns, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>>>(environment
            .Where(entry => entry.Key.StartsWith(prefix, StringComparison.Ordinal) && !IsHidden(entry.Key))
            .ToDictionary(entry => entry.Key[prefix.Length..], entry => (IReadOnlyDictionary<string, string>)One(entry.Key[prefix.Length..], entry.Value), StringComparer.Ordinal));

    private static bool IsHidden(string name) => name.ToUpperInvariant() is "APP_API_TOKEN" or "DAPR_API_TOKEN" or "DAPR_TRUST_ANCHORS" or "DAPR_CERT_CHAIN" or "DAPR_CERT_KEY" || name.StartsWith("DAPR_", StringComparison.OrdinalIgnoreCase);

    private static Dictionary<string, string> One(string name, string value) => new(StringComparer.Ordinal) { [name] = value };
}
