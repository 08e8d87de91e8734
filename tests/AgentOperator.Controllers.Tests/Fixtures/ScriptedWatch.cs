using System.Runtime.CompilerServices;
using System.Threading.Channels;
using AgentOperator.Kube;
using AgentOperator.Kube.Models.Core;

namespace AgentOperator.Controllers.Tests.Fixtures;

/// <summary>One watch whose events and end a test decides on.</summary>
internal sealed class ScriptedWatch
{
    private readonly Channel<WatchEvent<ConfigMap>> _events = Channel.CreateUnbounded<WatchEvent<ConfigMap>>();
    private readonly TaskCompletionSource<string> _from = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The version that the watch was asked to start from, once it was.</summary>
    public Task<string> From => _from.Task;

    public ScriptedWatch Send(params WatchEvent<ConfigMap>[] events)
    {
        foreach (WatchEvent<ConfigMap> change in events)
        {
            _events.Writer.TryWrite(change).ShouldBeTrue();
        }

        return this;
    }

    public ScriptedWatch End(Exception? failure = null)
    {
        _events.Writer.TryComplete(failure).ShouldBeTrue();
        return this;
    }

    public async IAsyncEnumerable<WatchEvent<ConfigMap>> RunAsync(string from, [EnumeratorCancellation] CancellationToken cancellation)
    {
        _from.TrySetResult(from);
        await foreach (WatchEvent<ConfigMap> change in _events.Reader.ReadAllAsync(cancellation))
        {
            yield return change;
        }
    }
}
