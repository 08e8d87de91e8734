using AgentOperator.Controllers.Caching;
using AgentOperator.Kube;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Core;

namespace AgentOperator.Local.Node.Config;

/// <summary>Reads what pods refer to: from the cache, and from the server what the cache may not have seen yet.</summary>
internal sealed class ConfigReader(KubeClient client, ObjectStore<ConfigMap> configMaps, ObjectStore<Secret> secrets, ObjectStore<ServiceAccount> accounts)
{
    public async Task<ConfigSnapshot> ReadAsync(string ns, ConfigReferences references, CancellationToken cancellation) => new(
        await ReadAsync(configMaps, ns, references.ConfigMaps, cancellation),
        await ReadAsync(secrets, ns, references.Secrets, cancellation));

    public Task<ServiceAccount?> AccountAsync(string ns, string name, CancellationToken cancellation) => FindAsync(accounts, new ObjectKey(ns, name), cancellation);

    private async Task<IReadOnlyDictionary<string, T>> ReadAsync<T>(ObjectStore<T> store, string ns, IEnumerable<string> names, CancellationToken cancellation)
        where T : class, IKubernetesObject<T>
    {
        Dictionary<string, T> found = new(StringComparer.Ordinal);
        foreach (string name in names)
        {
            if (await FindAsync(store, new ObjectKey(ns, name), cancellation) is { } item)
            {
                found[name] = item;
            }
        }

        return found;
    }

    private async Task<T?> FindAsync<T>(ObjectStore<T> store, ObjectKey key, CancellationToken cancellation)
        where T : class, IKubernetesObject<T> =>
        store.Find(key) ?? await client.Resource<T>(key.Namespace).FindAsync(key.Name, cancellation);
}
