using AgentOperator.Controllers.Caching;
using AgentOperator.Local.Requests;

namespace AgentOperator.Local.Garbage;

/// <summary>A kind whose objects are followed.</summary>
internal sealed record WatchedKind(ServedKind Kind, ObjectStore<MetadataObject> Store, CancellationTokenSource Stop, Task Running)
{
    public async Task EndAsync()
    {
        await Stop.CancelAsync();
        await Running;
        Stop.Dispose();
    }
}
