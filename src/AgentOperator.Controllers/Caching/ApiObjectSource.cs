using AgentOperator.Kube;
using AgentOperator.Kube.Models;

namespace AgentOperator.Controllers.Caching;

/// <summary>Objects of one kind from the API server.</summary>
/// <param name="client">Requests for the kind, in one namespace or in all.</param>
/// <param name="labelSelector">Which objects; all when null.</param>
/// <param name="fieldSelector">Which objects; all when null.</param>
/// <param name="watchTimeout">How long the server keeps a watch open; null for five minutes.</param>
public sealed class ApiObjectSource<T>(ResourceClient<T> client, string? labelSelector = null, string? fieldSelector = null, TimeSpan? watchTimeout = null) : IObjectSource<T>
    where T : class, IKubernetesObject<T>
{
    public string? Namespace => client.Namespace;

    /// <summary>Lists without a limit and without a version: a consistent read that a server from 1.34 on answers from its cache (KEP-2340).</summary>
    public Task<KubeList<T>> ListAsync(CancellationToken cancellation) =>
        client.ListAsync(new ListOptions { LabelSelector = labelSelector, FieldSelector = fieldSelector }, cancellation);

    public IAsyncEnumerable<WatchEvent<T>> WatchAsync(string resourceVersion, CancellationToken cancellation) =>
        client.WatchAsync(Options(resourceVersion), cancellation);

    private WatchOptions Options(string resourceVersion)
    {
        WatchOptions options = new() { ResourceVersion = resourceVersion, LabelSelector = labelSelector, FieldSelector = fieldSelector };
        return watchTimeout is { } timeout ? options with { Timeout = timeout } : options;
    }
}
