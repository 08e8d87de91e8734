namespace AgentOperator.Controllers.Sharding;

/// <summary>A piece of work under the claim to one slot, from its start to its end: what it writes meanwhile is held against that claim.</summary>
public sealed class ShardScope : IDisposable
{
    private readonly ShardClaims _claims;
    private readonly ShardScope? _outer;
    private bool _ended;

    internal ShardScope(ShardClaims claims, int slot, ShardScope? outer)
    {
        _claims = claims;
        _outer = outer;
        Slot = slot;
    }

    internal int Slot { get; }

    /// <summary>A loop that was started from within a piece of work keeps its context long after the work has ended.</summary>
    internal bool IsOpen => !Volatile.Read(ref _ended);

    public void Dispose()
    {
        if (!Interlocked.Exchange(ref _ended, true))
        {
            _claims.Exit(this, _outer);
        }
    }
}
