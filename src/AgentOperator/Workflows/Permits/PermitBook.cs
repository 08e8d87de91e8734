using AgentOperator.Api.Workflows;
using AgentOperator.Controllers.Caching;
using AgentOperator.Kube.Models;
using AgentOperator.Workflows.Locking;

namespace AgentOperator.Workflows.Permits;

/// <summary>Room of one process that does all the work: counted in memory, and again from the statuses after a start.</summary>
internal sealed class PermitBook : IPermitBook
{
    private readonly int _most;
    private readonly int _mostInNamespace;
    private readonly Lock _gate = new();
    private readonly Dictionary<ObjectKey, HashSet<string>> _taken = [];
    private readonly Dictionary<ObjectKey, List<PermitWaiter>> _waiters = [];
    private readonly Dictionary<string, int> _used = new(StringComparer.Ordinal);
    private int _total;
    private long _lastTicket;
    private Action<ObjectKey>? _room;

    /// <param name="workflows">Whose attempts count.</param>
    /// <param name="most">Over all namespaces; null for no limit.</param>
    /// <param name="mostInNamespace">In each namespace; null for no limit.</param>
    public PermitBook(ObjectStore<Workflow> workflows, int? most, int? mostInNamespace)
    {
        _most = most ?? int.MaxValue;
        _mostInNamespace = mostInNamespace ?? int.MaxValue;
        workflows.Subscribe((before, after) =>
        {
            if (after is null)
            {
                Set(before!.Key(), [], []);
            }
            else if (before is null)
            {
                // The first sight of a Workflow, as after a start: what was under way still is. A decision corrects it.
                Set(after.Key(), UnderWay.Of(after.Status), waiters: null);
            }
        });
    }

    /// <summary>Calls back with Workflows for which there is room now.</summary>
    public void OnRoom(Action<ObjectKey> room) => _room += room;

    public IPermitSession Begin(Workflow workflow) => new Session(this, workflow);

    private string? Take(ObjectKey key, List<PermitWaiter> asked, PermitRequest request)
    {
        lock (_gate)
        {
            HashSet<string> taken = TakenBy(key);
            if (taken.Contains(request.Attempt))
            {
                return null;
            }

            PermitWaiter self = Place(key, asked, request);
            if (Next().Contains(self))
            {
                taken.Add(request.Attempt);
                Count(key.Namespace!, 1);
                asked.Remove(self);
                _waiters.GetValueOrDefault(key)?.Remove(self);
                return null;
            }

            return _used.GetValueOrDefault(key.Namespace!) >= _mostInNamespace
                ? $"{_mostInNamespace} steps are under way in the namespace, as many as the operator lets be (--max-parallel-steps-per-namespace)"
                : $"{_total} steps are under way over all namespaces and others go first; the operator lets {_most} be (--max-parallel-steps)";
        }
    }

    /// <summary>Who asks again keeps the place.</summary>
    private PermitWaiter Place(ObjectKey key, List<PermitWaiter> asked, PermitRequest request)
    {
        if (!_waiters.TryGetValue(key, out List<PermitWaiter>? waiters))
        {
            _waiters[key] = waiters = [];
        }

        int index = waiters.FindIndex(waiter => waiter.Attempt == request.Attempt);
        PermitWaiter self = new(key, request.Attempt, request.Priority, index < 0 ? ++_lastTicket : waiters[index].Ticket);
        if (index < 0)
        {
            waiters.Add(self);
        }
        else
        {
            waiters[index] = self;
        }

        asked.Add(self);
        return self;
    }

    /// <summary>The waiters for whom there is room: the higher priority first, then who has waited longer. A full namespace holds nobody else up.</summary>
    private List<PermitWaiter> Next()
    {
        List<PermitWaiter> next = [];
        int room = Math.Max(0, _most - _total);
        Dictionary<string, int> promised = new(StringComparer.Ordinal);
        foreach (PermitWaiter waiter in _waiters.Values.SelectMany(static waiters => waiters).OrderByDescending(static waiter => waiter.Priority).ThenBy(static waiter => waiter.Ticket))
        {
            if (room == 0)
            {
                break;
            }

            string ns = waiter.Workflow.Namespace!;
            if (_used.GetValueOrDefault(ns) + promised.GetValueOrDefault(ns) < _mostInNamespace)
            {
                next.Add(waiter);
                promised[ns] = promised.GetValueOrDefault(ns) + 1;
                room--;
            }
        }

        return next;
    }

    /// <summary>Sets what a Workflow has and, unless null, what it waits for; wakes those for whom that makes room.</summary>
    private void Set(ObjectKey key, IEnumerable<string> attempts, List<PermitWaiter>? waiters)
    {
        ObjectKey[] awake;
        lock (_gate)
        {
            HashSet<string> taken = TakenBy(key);
            Count(key.Namespace!, -taken.Count);
            taken.Clear();
            taken.UnionWith(attempts);
            Count(key.Namespace!, taken.Count);
            if (taken.Count == 0)
            {
                _taken.Remove(key);
            }

            if (waiters is { Count: > 0 })
            {
                _waiters[key] = waiters;
            }
            else if (waiters is not null)
            {
                _waiters.Remove(key);
            }

            awake = [.. Next().Select(static waiter => waiter.Workflow).Distinct()];
        }

        foreach (ObjectKey workflow in awake)
        {
            _room?.Invoke(workflow);
        }
    }

    private HashSet<string> TakenBy(ObjectKey key)
    {
        if (!_taken.TryGetValue(key, out HashSet<string>? taken))
        {
            _taken[key] = taken = new HashSet<string>(StringComparer.Ordinal);
        }

        return taken;
    }

    private void Count(string ns, int change)
    {
        _total += change;
        int used = _used.GetValueOrDefault(ns) + change;
        if (used == 0)
        {
            _used.Remove(ns);
        }
        else
        {
            _used[ns] = used;
        }
    }

    private sealed class Session : IPermitSession
    {
        private readonly PermitBook _book;
        private readonly Workflow _workflow;
        private readonly List<PermitWaiter> _asked = [];
        private bool _isCommitted;

        public Session(PermitBook book, Workflow workflow)
        {
            _book = book;
            _workflow = workflow;
            lock (book._gate)
            {
                HashSet<string> taken = book.TakenBy(workflow.Key());
                book.Count(workflow.Metadata.Namespace!, -taken.Count);
                taken.Clear();
                taken.UnionWith(UnderWay.Of(workflow.Status));
                book.Count(workflow.Metadata.Namespace!, taken.Count);
            }
        }

        public string? Take(PermitRequest request) => _book.Take(_workflow.Key(), _asked, request);

        public IReadOnlyList<LockClaim> Claims(WorkflowStatus status) => [];

        public void Commit(WorkflowStatus status)
        {
            _isCommitted = true;
            _book.Set(_workflow.Key(), UnderWay.Of(status), _asked);
        }

        /// <summary>Who does not come to a decision must not hold up the others: the place is lost.</summary>
        public void Dispose()
        {
            if (!_isCommitted)
            {
                _book.Set(_workflow.Key(), UnderWay.Of(_workflow.Status), []);
            }
        }
    }
}
