using AgentOperator.Kube;

namespace AgentOperator.Controllers.Caching;

/// <summary>Where a reflector gets its objects: the API server, or a script in tests.</summary>
public interface IObjectSource<T>
    where T : class
{
    /// <summary>The namespace that the objects come from; null for all.</summary>
    string? Namespace => null;

    /// <summary>Everything there is, with the version at which it was so.</summary>
    Task<KubeList<T>> ListAsync(CancellationToken cancellation);

    /// <summary>What changes after a version, until the server ends the watch.</summary>
    IAsyncEnumerable<WatchEvent<T>> WatchAsync(string resourceVersion, CancellationToken cancellation);
}
