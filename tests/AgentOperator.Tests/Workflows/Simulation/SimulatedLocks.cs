using AgentOperator.Workflows.Locking;

namespace AgentOperator.Tests.Workflows.Simulation;

/// <summary>Locks of which others too want some: whoever comes first has it until he gives it back.</summary>
internal sealed class SimulatedLocks : ILocks
{
    private const string Stranger = "stranger";

    private readonly Dictionary<string, string> _holders = new(StringComparer.Ordinal);

    public LockAnswer Look(string ns, LockRequest request) => IsHeldBy(request.Mutex!, request.Holder) ? new LockAnswer(true, null) : new LockAnswer(false, $"{request.Mutex} is held by {_holders.GetValueOrDefault(request.Mutex!, "nobody")}");

    public bool IsHeldBy(string mutex, string holder) => _holders.GetValueOrDefault(mutex) == holder;

    /// <summary>What a Workflow does not name any more it gives back; what it names it gets where that is free.</summary>
    public void Keep(IReadOnlyList<LockRequest> wanted)
    {
        foreach ((string mutex, string holder) in _holders.ToArray())
        {
            if (holder != Stranger && !wanted.Any(request => request.Mutex == mutex && request.Holder == holder))
            {
                _holders.Remove(mutex);
            }
        }

        foreach (LockRequest request in wanted)
        {
            _holders.TryAdd(request.Mutex!, request.Holder);
        }
    }

    /// <summary>Somebody else comes or goes.</summary>
    public void Trade(string mutex, bool mayTake)
    {
        if (_holders.GetValueOrDefault(mutex) == Stranger)
        {
            _holders.Remove(mutex);
        }
        else if (mayTake)
        {
            _holders.TryAdd(mutex, Stranger);
        }
    }
}
