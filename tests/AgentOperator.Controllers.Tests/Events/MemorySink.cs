using System.Collections.Concurrent;
using AgentOperator.Controllers.Events;
using AgentOperator.Kube.Models.Events;

namespace AgentOperator.Controllers.Tests.Events;

internal sealed class MemorySink : IEventSink
{
    public ConcurrentQueue<Event> Created { get; } = new();

    public ConcurrentQueue<Event> Updated { get; } = new();

    /// <summary>Failures of the next writes, in turn.</summary>
    public ConcurrentQueue<Exception> Failures { get; } = new();

    /// <summary>Writes wait for it.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    public Task CreateAsync(Event what, CancellationToken cancellation) => WriteAsync(Created, what, cancellation);

    public Task UpdateAsync(Event what, CancellationToken cancellation) => WriteAsync(Updated, what, cancellation);

    private async Task WriteAsync(ConcurrentQueue<Event> into, Event what, CancellationToken cancellation)
    {
        await Gate.WaitAsync(cancellation);
        if (Failures.TryDequeue(out Exception? failure))
        {
            throw failure;
        }

        into.Enqueue(what);
    }
}
