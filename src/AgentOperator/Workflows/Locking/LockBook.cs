using System.Collections.Concurrent;
using AgentOperator.Controllers.Caching;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Coordination;
using Microsoft.Extensions.Logging;

namespace AgentOperator.Workflows.Locking;

/// <summary>The locks as the cache shows them, read once for each version.</summary>
internal sealed partial class LockBook : ILocks
{
    private readonly ConcurrentDictionary<ObjectKey, LockRecord> _records = new();
    private readonly ConcurrentDictionary<ObjectKey, string> _unreadable = new();
    private readonly ILogger<LockBook> _logger;
    private Action<LockRecord?, LockRecord?>? _changed;

    public LockBook(ObjectStore<Lease> leases, ILogger<LockBook> logger)
    {
        _logger = logger;
        leases.Subscribe(Take);
    }

    /// <summary>Calls back for every change, with the lock before and after. Subscribe before the cache is filled.</summary>
    public void OnChanged(Action<LockRecord?, LockRecord?> changed) => _changed += changed;

    public LockRecord? Find(LockId id) => _records.GetValueOrDefault(id.LeaseKey);

    /// <summary>What to do about a lock that cannot be read; null when it can.</summary>
    public string? ProblemOf(LockId id) => _unreadable.GetValueOrDefault(id.LeaseKey);

    /// <summary>Locks that a Workflow holds or waits for, whichever object of that name it is.</summary>
    public IReadOnlyList<LockId> Of(ObjectKey workflow) => _records.IsEmpty
        ? []
        : [.. _records.Where(entry => entry.Value.Holders.Concat(entry.Value.Waiters).Any(other => other.IsOf(workflow))).Select(static entry => new LockId(entry.Key.Namespace!, entry.Value.Kind, entry.Value.Name))];

    public LockAnswer Look(string ns, LockRequest request)
    {
        LockId id = request.Id(ns);
        return ProblemOf(id) is { } problem ? new LockAnswer(false, problem)
            : Find(id) is not { } record ? new LockAnswer(false, $"asks for {id}")
            : record.IsHeldBy(request.Holder) ? new LockAnswer(true, null)
            : new LockAnswer(false, record.Holders.Count == 0 && record.Problem is null ? $"asks for {id}" : record.Tell());
    }

    private void Take(Lease? before, Lease? after)
    {
        ObjectKey key = (after ?? before!).Key();
        LockRecord? old = _records.GetValueOrDefault(key);
        LockRecord? now = null;
        string? problem = null;
        try
        {
            now = after is null ? null : LockLease.Read(after);
        }
        catch (FormatException error)
        {
            problem = error.Message;
            LogUnreadable(_logger, problem);
        }

        if (now is not null)
        {
            _records[key] = now;
        }
        else
        {
            _records.TryRemove(key, out _);
        }

        if (problem is not null)
        {
            _unreadable[key] = problem;
        }
        else
        {
            _unreadable.TryRemove(key, out _);
        }

        _changed?.Invoke(old, now);
    }

    [LoggerMessage(1, LogLevel.Error, "{Problem}")]
    private static partial void LogUnreadable(ILogger logger, string problem);
}
