using System.Threading.Channels;
using AgentOperator.Controllers.Caching;
using AgentOperator.Kube;
using AgentOperator.Kube.Models.Core;

namespace AgentOperator.Controllers.Tests.Fixtures;

/// <summary>A server that answers each list and each watch with what comes next in a script, and waits when nothing does.</summary>
internal sealed class ScriptedSource : IObjectSource<ConfigMap>
{
    private readonly Channel<Func<Task<KubeList<ConfigMap>>>> _lists = Channel.CreateUnbounded<Func<Task<KubeList<ConfigMap>>>>();
    private readonly Channel<ScriptedWatch> _watches = Channel.CreateUnbounded<ScriptedWatch>();
    private int _listCount;

    public string? Namespace { get; init; }

    /// <summary>How often a list was asked for.</summary>
    public int ListCount => Volatile.Read(ref _listCount);

    public void Lists(Func<Task<KubeList<ConfigMap>>> answer) => _lists.Writer.TryWrite(answer).ShouldBeTrue();

    public void Lists(KubeList<ConfigMap> list) => Lists(() => Task.FromResult(list));

    public void FailsToList(Exception failure) => Lists(() => Task.FromException<KubeList<ConfigMap>>(failure));

    public ScriptedWatch Watches()
    {
        ScriptedWatch watch = new();
        _watches.Writer.TryWrite(watch).ShouldBeTrue();
        return watch;
    }

    public async Task<KubeList<ConfigMap>> ListAsync(CancellationToken cancellation)
    {
        Interlocked.Increment(ref _listCount);
        Func<Task<KubeList<ConfigMap>>> answer = await _lists.Reader.ReadAsync(cancellation);
        return await answer().WaitAsync(cancellation);
    }

    public async IAsyncEnumerable<WatchEvent<ConfigMap>> WatchAsync(string resourceVersion, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        ScriptedWatch watch = await _watches.Reader.ReadAsync(cancellation);
        await foreach (WatchEvent<ConfigMap> change in watch.RunAsync(resourceVersion, cancellation))
        {
            yield return change;
        }
    }
}
