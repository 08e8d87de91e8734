using AgentOperator.Controllers.Caching;
using AgentOperator.Kube;
using AgentOperator.Kube.Models;
using Microsoft.Extensions.Logging.Abstractions;

namespace AgentOperator.Bench.Workloads;

/// <summary>The objects of one kind in a namespace, followed by one watch until this is disposed of.</summary>
internal sealed class Followed<T> : IAsyncDisposable
    where T : class, IKubernetesObject<T>
{
    private readonly CancellationTokenSource _stop;
    private readonly Reflector<T> _reflector;
    private Task _following = Task.CompletedTask;

    private Followed(KubeClient client, string ns, CancellationToken cancellation)
    {
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        _reflector = new Reflector<T>(new ApiObjectSource<T>(client.Resource<T>(ns)), Store, TimeProvider.System, new Random(), NullLogger<Reflector<T>>.Instance);
    }

    public ObjectStore<T> Store { get; } = new();

    /// <param name="client">Reaches the API server.</param>
    /// <param name="ns">The namespace.</param>
    /// <param name="changed">Told of each change; must be quick.</param>
    /// <param name="cancellation">Ends it too.</param>
    public static async Task<Followed<T>> StartAsync(KubeClient client, string ns, Action<T?, T?> changed, CancellationToken cancellation)
    {
        Followed<T> followed = new(client, ns, cancellation);
        followed.Store.Subscribe(changed);
        followed._following = followed._reflector.RunAsync(followed._stop.Token);
        await followed._reflector.Synced;
        return followed;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _following;
        _stop.Dispose();
    }
}
