using AgentOperator.Controllers.Metrics;

namespace AgentOperator.Controllers.Sharding;

/// <summary>Which slots this process may work on. Asked at each write, on monotonic time: a process that was stopped for too long must notice before it does harm.</summary>
/// <param name="time">Clock.</param>
/// <param name="validity">How long a renewal counts, less than others respect it: the difference is what clocks may run at different speeds.</param>
public sealed class ShardClaims(TimeProvider time, TimeSpan validity)
{
    private readonly AsyncLocal<ShardScope?> _current = new();
    private readonly Lock _gate = new();
    private readonly SlotClaim[] _slots = new SlotClaim[Slots.Count];
    private readonly int[] _working = new int[Slots.Count];
    private long? _renewedAt;
    private Action<IReadOnlyList<int>>? _gained;
    private Action? _drained;
    private TaskCompletionSource _changed = NewSignal();

    /// <summary>Slots held, those being handed over included.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _slots.Count(static slot => slot != SlotClaim.None);
            }
        }
    }

    /// <summary>True while this process counts as a member.</summary>
    public bool IsValid
    {
        get
        {
            lock (_gate)
            {
                return IsValidLocked();
            }
        }
    }

    /// <summary>Whether a write of the work under way may go out: under the claim to its slot, or, outside of such work, as a member.</summary>
    public bool MayWrite() => _current.Value is { IsOpen: true } scope ? MayWrite(scope.Slot) : IsValid;

    /// <summary>Begins work on a slot; null when it is not this process's, or being handed over. What the caller does until it disposes the scope is gated by that claim.</summary>
    public ShardScope? TryEnter(int slot)
    {
        lock (_gate)
        {
            if (_slots[slot] != SlotClaim.Owned)
            {
                return null;
            }

            _working[slot]++;
        }

        ShardScope scope = new(this, slot, _current.Value);
        _current.Value = scope;
        return scope;
    }

    /// <summary>Calls back with slots that this process has just got, or keeps after all: what waits there has to be looked at.</summary>
    public void OnGained(Action<IReadOnlyList<int>> gained)
    {
        lock (_gate)
        {
            _gained += gained;
        }
    }

    /// <summary>Completes when work may begin on a slot.</summary>
    public Task OwnedAsync(int slot, CancellationToken cancellation) => UntilAsync(slot, isOwned: true, cancellation);

    /// <summary>Completes when no work may begin on a slot any more.</summary>
    public Task NotOwnedAsync(int slot, CancellationToken cancellation) => UntilAsync(slot, isOwned: false, cancellation);

    /// <summary>Calls back when the last piece of work on a slot that is to be handed over has ended.</summary>
    internal void OnDrained(Action drained) => _drained = drained;

    internal bool MayWrite(int slot)
    {
        lock (_gate)
        {
            return _slots[slot] != SlotClaim.None && IsValidLocked();
        }
    }

    internal SlotClaim this[int slot]
    {
        get
        {
            lock (_gate)
            {
                return _slots[slot];
            }
        }
    }

    /// <summary>Notes a renewal that was sent at a time: it counts from the sending, not from the answer.</summary>
    internal void Renew(long sentAt)
    {
        lock (_gate)
        {
            _renewedAt = sentAt;
        }
    }

    /// <summary>Takes slots over, once the map that says so is written.</summary>
    internal void Gain(IReadOnlyList<int> slots)
    {
        Own(slots);
        Instruments.SlotsGained.Add(slots.Count);
    }

    /// <summary>Starts no more work on these slots and goes on with the others; those on which no work is under way any more are given up.</summary>
    internal void Drain(IReadOnlySet<int> surplus)
    {
        List<int> kept = [];
        int dropped = 0;
        lock (_gate)
        {
            for (int slot = 0; slot < _slots.Length; slot++)
            {
                if (_slots[slot] == SlotClaim.Draining && !surplus.Contains(slot))
                {
                    kept.Add(slot);
                }
                else if (_slots[slot] != SlotClaim.None && surplus.Contains(slot))
                {
                    _slots[slot] = _working[slot] == 0 ? SlotClaim.None : SlotClaim.Draining;
                    dropped += _slots[slot] == SlotClaim.None ? 1 : 0;
                }
            }

            SignalLocked();
        }

        Own(kept);
        Instruments.SlotsLost.Add(dropped);
    }

    /// <summary>Gives slots up at once: somebody else may have them.</summary>
    internal void Lose(IReadOnlyList<int> slots)
    {
        lock (_gate)
        {
            foreach (int slot in slots)
            {
                _slots[slot] = SlotClaim.None;
            }

            SignalLocked();
        }

        Instruments.SlotsLost.Add(slots.Count);
    }

    /// <summary>Gives everything up.</summary>
    internal void End()
    {
        lock (_gate)
        {
            _renewedAt = null;
            Array.Clear(_slots);
            SignalLocked();
        }
    }

    internal void Exit(ShardScope scope, ShardScope? outer)
    {
        bool drained;
        lock (_gate)
        {
            drained = --_working[scope.Slot] == 0 && _slots[scope.Slot] == SlotClaim.Draining;
        }

        if (_current.Value == scope)
        {
            _current.Value = outer;
        }

        if (drained)
        {
            _drained?.Invoke();
        }
    }

    private void Own(IReadOnlyList<int> slots)
    {
        Action<IReadOnlyList<int>>? gained;
        lock (_gate)
        {
            foreach (int slot in slots)
            {
                _slots[slot] = SlotClaim.Owned;
            }

            gained = _gained;
            SignalLocked();
        }

        if (slots.Count > 0)
        {
            gained?.Invoke(slots);
        }
    }

    private async Task UntilAsync(int slot, bool isOwned, CancellationToken cancellation)
    {
        while (true)
        {
            Task changed;
            lock (_gate)
            {
                if ((_slots[slot] == SlotClaim.Owned) == isOwned)
                {
                    return;
                }

                changed = _changed.Task;
            }

            await changed.WaitAsync(cancellation);
        }
    }

    private void SignalLocked()
    {
        _changed.TrySetResult();
        _changed = NewSignal();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private bool IsValidLocked() => _renewedAt is { } renewed && time.GetElapsedTime(renewed) < validity;
}
