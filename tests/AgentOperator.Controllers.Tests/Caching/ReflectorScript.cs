using AgentOperator.Controllers.Caching;
using AgentOperator.Controllers.Tests.Fixtures;
using AgentOperator.Kube;
using AgentOperator.Kube.Models.Core;
using AgentOperator.Testing;

namespace AgentOperator.Controllers.Tests.Caching;

/// <summary>A reflector on a scripted server and a clock that stands still; at the end of each test the store must be what was told of it.</summary>
public abstract class ReflectorScript : IAsyncLifetime
{
    private protected static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(800);

    private protected readonly FakeTimeProvider _time = new();
    private protected readonly ScriptedSource _source = new();
    private protected readonly ObjectStore<ConfigMap> _store = new();
    private protected readonly CancellationTokenSource _stop = new();
    private protected readonly Replay _replay;
    private protected readonly RecordingLogger<Reflector<ConfigMap>> _log = new();
    private protected readonly Reflector<ConfigMap> _reflector;
    private protected Task _run = Task.CompletedTask;

    private protected ReflectorScript()
    {
        _replay = new Replay(_store);
        _reflector = new Reflector<ConfigMap>(_source, _store, _time, new LowRandom(), _log);
    }

    private protected static CancellationToken Stop => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _run;
        _stop.Dispose();
        _replay.Faults.ShouldBeEmpty();
        _replay.Items.Values.ShouldBe(_store.All, ignoreOrder: true);
        GC.SuppressFinalize(this);
    }

    private protected async Task<ScriptedWatch> StartAsync(KubeList<ConfigMap> list)
    {
        ScriptedWatch watch = _source.Watches();
        _source.Lists(list);
        _run = _reflector.RunAsync(_stop.Token);
        await _reflector.Synced.WaitAsync(Stop);
        return watch;
    }
}
