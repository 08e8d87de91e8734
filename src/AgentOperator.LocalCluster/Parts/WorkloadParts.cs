using AgentOperator.Controllers;
using AgentOperator.Controllers.Caching;
using AgentOperator.Kube;
using AgentOperator.Kube.Configuration;
using AgentOperator.Kube.Models;
using AgentOperator.Local.Requests;
using Microsoft.Extensions.Logging;

namespace AgentOperator.Local.Parts;

/// <summary>What the parts of the cluster are put together from: one client, one store a kind, and what runs until the end.</summary>
internal sealed class WorkloadParts : IAsyncDisposable
{
    private const int Workers = 8;

    private readonly CancellationTokenSource _stop = new();
    private readonly Dictionary<Type, object> _stores = [];
    private readonly List<IReflector> _reflectors = [];
    private readonly List<Func<CancellationToken, Task>> _running = [];
    private readonly List<IDisposable> _disposables = [];
    private Task _run = Task.CompletedTask;

    public WorkloadParts(KubeConnection connection, LocalClusterOptions options)
    {
        Connection = connection;
        Options = options;
        Client = new KubeClient(connection, options.Time);
        Raw = new RawClient(connection, options.Time);
    }

    public KubeConnection Connection { get; }

    public LocalClusterOptions Options { get; }

    public KubeClient Client { get; }

    public RawClient Raw { get; }

    public Random Random { get; } = new();

    public TimeProvider Time => Options.Time;

    public ILogger<T> Logger<T>() => Options.LoggerFactory.CreateLogger<T>();

    /// <summary>The kind's store, filled from the start on; indexed by the controlling owner's uid.</summary>
    public ObjectStore<T> Store<T>()
        where T : class, IKubernetesObject<T>
    {
        if (_stores.TryGetValue(typeof(T), out object? known))
        {
            return (ObjectStore<T>)known;
        }

        ObjectStore<T> store = new(static item => item.ControllerOwner()?.Uid);
        _stores[typeof(T)] = store;
        _reflectors.Add(new Reflector<T>(new ApiObjectSource<T>(Client.Resource<T>()), store, Time, Random, Logger<Reflector<T>>()));
        return store;
    }

    /// <summary>Runs from the time on that the stores are filled.</summary>
    public void Run(Func<CancellationToken, Task> part) => _running.Add(part);

    /// <summary>Disposes at the end.</summary>
    public void Own(IDisposable part) => _disposables.Add(part);

    public Controller<T> Control<T>(IReconciler<T> reconciler, OwnWrites? writes = null)
        where T : class, IKubernetesObject<T>
    {
        Controller<T> controller = new(reconciler, writes ?? new OwnWrites(Time), Workers, Time, Logger<Controller<T>>());
        Own(controller);
        Run(controller.RunAsync);
        return controller.Watch(Store<T>());
    }

    public async Task StartAsync(CancellationToken cancellation)
    {
        Task reflecting = Task.WhenAll(_reflectors.Select(reflector => reflector.RunAsync(_stop.Token)));
        _run = reflecting;
        await Task.WhenAll(_reflectors.Select(static reflector => reflector.Synced)).WaitAsync(cancellation);
        _run = Task.WhenAll([reflecting, .. _running.Select(part => part(_stop.Token))]);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _run;
        _disposables.ForEach(static part => part.Dispose());
        Raw.Dispose();
        Client.Dispose();
        _stop.Dispose();
    }
}
