using AgentOperator.Local.Dapr.Components;
using AgentOperator.Local.Dapr.Invocation;
using AgentOperator.Local.Dapr.Messaging;
using AgentOperator.Local.Dapr.Secrets;
using AgentOperator.Local.Dapr.State;

namespace AgentOperator.Local.Dapr.Sidecars;

/// <summary>What daprd does, for one app.</summary>
internal sealed class Sidecar : IAsyncDisposable
{
    private readonly DaprMesh _mesh;
    private readonly IResourceSource _resources;
    private readonly ComponentLoader _loader;
    private readonly SidecarState _state = new();
    private readonly SidecarSubscriptions? _subscriptions;
    private readonly SidecarServer _server;
    private readonly SidecarServer _public;
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource<int> _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<int> _exited = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Action<string> _log;
    private Task _running = Task.CompletedTask;
    private int _ended;

    private Sidecar(SidecarOptions options, DaprMesh mesh, IResourceSource resources, IClusterSecrets? secrets, Action<string> log)
    {
        Options = options;
        _mesh = mesh;
        _resources = resources;
        _log = log;
        _loader = new ComponentLoader(options, secrets, log);
        if (options.AppPort > 0)
        {
            App = new AppChannel($"{(options.AppProtocol == "https" ? "https" : "http")}://{options.AppAddress ?? options.Address.ToString()}:{options.AppPort}", options.AppToken, options.AppMaxConcurrency);
            _subscriptions = new SidecarSubscriptions(options, mesh, App, _state, log);
        }

        SidecarRouter router = new(
            options,
            new MetadataApi(options, _state),
            new StateApi(mesh, options.AppId, options.Namespace, () => _state.Components),
            new PublishApi(mesh, options.AppId, options.Namespace, () => _state.Components),
            new SecretsApi(() => _state.Components),
            new InvokeApi(mesh, options.AppId, options.Namespace, App),
            code => _asked.TrySetResult(code),
            log);
        _server = new SidecarServer(options.Address, options.HttpPort, options.MaxBodyBytes, http => router.HandleAsync(http, isPublic: false));
        _public = new SidecarServer(options.Address, options.PublicPort, options.MaxBodyBytes, http => router.HandleAsync(http, isPublic: true));
    }

    public SidecarOptions Options { get; }

    /// <summary>Null for an app that takes no calls.</summary>
    public AppChannel? App { get; }

    /// <summary>Where the API is.</summary>
    public Uri Address => _server.Address;

    /// <summary>Where health and metadata alone are.</summary>
    public Uri PublicAddress => _public.Address;

    /// <summary>Its app listens.</summary>
    public bool IsReady => _state.IsReady;

    /// <summary>Completes when it has ended, with an exit code.</summary>
    public Task<int> Exited => _exited.Task;

    /// <summary>Loads the Components and starts to serve; the app is waited for after that.</summary>
    /// <exception cref="ComponentInitException">A Component cannot be set up.</exception>
    /// <exception cref="IOException">A port is taken.</exception>
    public static async Task<Sidecar> StartAsync(SidecarOptions options, DaprMesh mesh, IResourceSource resources, IClusterSecrets? secrets, Action<string> log, CancellationToken cancellation)
    {
        Sidecar sidecar = new(options, mesh, resources, secrets, log);
        try
        {
            Task changed = resources.Changed;
            SidecarResources first = await resources.ReadCurrentAsync(options.Namespace, cancellation);
            sidecar._state.Components = await sidecar._loader.LoadAsync(first.Components, options.HasClusterStore, cancellation);
            await sidecar._server.StartAsync(cancellation);
            await sidecar._public.StartAsync(cancellation);
            mesh.Sidecars.Add(sidecar);
            sidecar._state.IsOutboundReady = true;
            log($"dapr initialized. Status: Running. HTTP server is running on {sidecar.Address}");
            sidecar._running = Task.WhenAll(sidecar.RunAsync(first, changed), sidecar.EndWhenAskedAsync());
            return sidecar;
        }
        catch
        {
            await sidecar.EndAsync(1, TimeSpan.Zero);
            throw;
        }
    }

    /// <summary>The signal to end: takes no more messages, and with a block-shutdown-duration goes on answering for so long.</summary>
    public async Task TerminateAsync()
    {
        _log("received signal, shutting down");
        if (Options.BlockShutdown is { Ticks: > 0 } block && !_asked.Task.IsCompleted)
        {
            if (_subscriptions is not null)
            {
                await _subscriptions.StopAsync(Options.Grace);
            }

            try
            {
                await Task.WhenAny(_asked.Task, Task.Delay(block, _mesh.Time, _stop.Token));
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }

        await EndAsync(0, Options.Grace);
    }

    /// <summary>Ends at once.</summary>
    public Task KillAsync() => EndAsync(137, TimeSpan.Zero);

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        await Exited;
        await _running;
        _stop.Dispose();
    }

    private async Task RunAsync(SidecarResources resources, Task changed)
    {
        try
        {
            if (_subscriptions is not null)
            {
                await _subscriptions.AskAppAsync(_stop.Token);
                await _subscriptions.FollowAsync(resources);
            }

            _state.IsReady = true;
            SidecarResources before = resources;
            while (true)
            {
                await changed.WaitAsync(_stop.Token);
                changed = _resources.Changed;
                SidecarResources after = _resources.Read(Options.Namespace);
                if (!Versions(before).SequenceEqual(Versions(after), StringComparer.Ordinal))
                {
                    before = after;
                    await ReloadAsync(after);
                }
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // Ended.
            return;
        }
    }

    private async Task ReloadAsync(SidecarResources resources)
    {
        try
        {
            _state.Components = await _loader.LoadAsync(resources.Components, Options.HasClusterStore, _stop.Token);
        }
        catch (ComponentInitException error)
        {
            _log($"error processing components, those from before stay: {error.Message}");
        }

        if (_subscriptions is not null)
        {
            await _subscriptions.FollowAsync(resources);
        }
    }

    private static IEnumerable<string> Versions(SidecarResources resources) =>
        resources.Components.Select(static item => item.Metadata)
            .Concat(resources.Subscriptions.Select(static item => item.Metadata))
            .Concat(resources.Resiliencies.Select(static item => item.Metadata))
            .Select(static metadata => $"{metadata.Uid}/{metadata.Name}/{metadata.ResourceVersion}")
            .Order(StringComparer.Ordinal);

    private async Task EndWhenAskedAsync()
    {
        try
        {
            int code = await _asked.Task.WaitAsync(_stop.Token);
            _log("shutdown was asked for");
            await EndAsync(code, code == 0 ? Options.Grace : TimeSpan.Zero);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // Ended otherwise.
            return;
        }
    }

    private async Task EndAsync(int code, TimeSpan grace)
    {
        if (Interlocked.Exchange(ref _ended, 1) == 1)
        {
            return;
        }

        _mesh.Sidecars.Remove(this);
        await _stop.CancelAsync();
        if (_subscriptions is not null)
        {
            await _subscriptions.StopAsync(grace);
        }

        using (CancellationTokenSource patience = new(grace, _mesh.Time))
        {
            await Task.WhenAll(_server.StopAsync(patience.Token), _public.StopAsync(patience.Token));
        }

        _server.Dispose();
        _public.Dispose();
        App?.Dispose();
        _subscriptions?.Dispose();
        _exited.TrySetResult(code);
    }
}
