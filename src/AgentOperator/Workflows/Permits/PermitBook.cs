using AgentOperator.Api.Workflows;
using AgentOperator.Controllers.Caching;
using AgentOperator.Kube.Models;
using AgentOperator.Workflows.Locking;

namespace AgentOperator.Workflows.Permits;

/// <summary>Room of one process that does all the work: counted in memory, and again from the statuses after a start.</summary>
internal sealed class PermitBook : IPermitBook
{
    private static readonly HashSet<string> NoAttempts = [];

    private readonly ObjectStore<Workflow> _workflows;
    private readonly int _most;
    private readonly int _mostInNamespace;
    private readonly Lock _gate = new();
    private readonly Dictionary<ObjectKey, HashSet<string>> _taken = [];
    private readonly Dictionary<ObjectKey, List<PermitWaiter>> _waiters = [];
    private readonly Dictionary<string, SortedSet<PermitWaiter>> _queues = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _used = new(StringComparer.Ordinal);
    private int _total;
    private long _lastTicket;
    private Action<ObjectKey>? _room;

    /// <param name="workflows">Whose attempts count.</param>
    /// <param name="most">Over all namespaces; null for no limit.</param>
    /// <param name="mostInNamespace">In each namespace; null for no limit.</param>
    public PermitBook(ObjectStore<Workflow> workflows, int? most, int? mostInNamespace)
    {
        _workflows = workflows;
        _most = most ?? int.MaxValue;
        _mostInNamespace = mostInNamespace ?? int.MaxValue;
        workflows.Subscribe((before, after) =>
        {
            if (after is null)
            {
                Set(before!.Key(), [], NoAttempts);
            }
            else if (before is null)
            {
                // The first sight of a Workflow, as after a start: what was under way still is. A decision corrects it.
                Set(after.Key(), UnderWay.Of(after.Status), null);
            }
        });
    }

    /// <summary>Calls back with Workflows for which there is room now.</summary>
    public void OnRoom(Action<ObjectKey> room) => _room += room;

    public IPermitSession Begin(Workflow workflow) => new Session(this, workflow);

    private string? Take(ObjectKey key, HashSet<string> asked, PermitRequest request)
    {
        lock (_gate)
        {
            HashSet<string> taken = TakenBy(key);
            if (taken.Contains(request.Attempt))
            {
                return null;
            }

            PermitWaiter self = Place(key, request);
            if (Next().Contains(self))
            {
                taken.Add(request.Attempt);
                Count(key.Namespace!, 1);
                Leave(self);
                asked.Remove(request.Attempt);
                return null;
            }

            asked.Add(request.Attempt);
            return _used.GetValueOrDefault(key.Namespace!) >= _mostInNamespace
                ? $"{_mostInNamespace} steps are under way in the namespace, as many as the operator lets be (--max-parallel-steps-per-namespace)"
                : $"{_total} steps are under way over all namespaces and others go first; the operator lets {_most} be (--max-parallel-steps)";
        }
    }

    /// <summary>Who asks again keeps the place.</summary>
    private PermitWaiter Place(ObjectKey key, PermitRequest request)
    {
        PermitWaiter? before = _waiters.GetValueOrDefault(key)?.Find(waiter => waiter.Attempt == request.Attempt);
        PermitWaiter self = new(key, request.Attempt, request.Priority, before?.Ticket ?? ++_lastTicket);
        if (before is not null)
        {
            Leave(before);
        }

        if (!_waiters.TryGetValue(key, out List<PermitWaiter>? waiters))
        {
            _waiters[key] = waiters = [];
        }

        if (!_queues.TryGetValue(key.Namespace!, out SortedSet<PermitWaiter>? queue))
        {
            _queues[key.Namespace!] = queue = new SortedSet<PermitWaiter>(PermitOrder.Instance);
        }

        waiters.Add(self);
        queue.Add(self);
        return self;
    }

    private void Leave(PermitWaiter waiter)
    {
        if (_waiters.TryGetValue(waiter.Workflow, out List<PermitWaiter>? waiters) && waiters.Remove(waiter) && waiters.Count == 0)
        {
            _waiters.Remove(waiter.Workflow);
        }

        string ns = waiter.Workflow.Namespace!;
        if (_queues.TryGetValue(ns, out SortedSet<PermitWaiter>? queue) && queue.Remove(waiter) && queue.Count == 0)
        {
            _queues.Remove(ns);
        }
    }

    /// <summary>The waiters for whom there is room: the higher priority first, then who has waited longer. A full namespace holds nobody else up.</summary>
    private List<PermitWaiter> Next()
    {
        int room = Math.Max(0, _most - _total);
        return room == 0 ? [] : [.. _queues
            .SelectMany(queue => queue.Value.Take(Math.Min(room, Math.Max(0, _mostInNamespace - _used.GetValueOrDefault(queue.Key)))))
            .Order(PermitOrder.Instance)
            .Take(room)];
    }

    /// <summary>Ends a decision. A Workflow that was deleted meanwhile has nothing, and no further decision would take it back.</summary>
    private void End(ObjectKey key, IEnumerable<string> attempts, HashSet<string> waiting)
    {
        Set(key, attempts, waiting);
        if (_workflows.Find(key) is null)
        {
            Set(key, [], NoAttempts);
        }
    }

    /// <summary>Sets what a Workflow has and, unless null, what it waits for; wakes those for whom that makes room.</summary>
    private void Set(ObjectKey key, IEnumerable<string> attempts, HashSet<string>? waiting)
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

            foreach (PermitWaiter waiter in waiting is null ? [] : _waiters.GetValueOrDefault(key)?.Where(waiter => !waiting.Contains(waiter.Attempt)).ToArray() ?? [])
            {
                Leave(waiter);
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
        private readonly HashSet<string> _asked = new(StringComparer.Ordinal);
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
            _book.End(_workflow.Key(), UnderWay.Of(status), _asked);
        }

        /// <summary>Who does not come to a decision must not hold up the others: the place is lost.</summary>
        public void Dispose()
        {
            if (!_isCommitted)
            {
                _book.End(_workflow.Key(), UnderWay.Of(_workflow.Status), NoAttempts);
            }
        }
    }
}
