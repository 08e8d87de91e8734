using AgentOperator.Controllers.Caching;
using AgentOperator.Controllers.Metrics;
using AgentOperator.Controllers.Queueing;
using AgentOperator.Controllers.Sharding;
using AgentOperator.Kube;
using AgentOperator.Kube.Models;
using Microsoft.Extensions.Logging;

namespace AgentOperator.Controllers;

/// <summary>Feeds one reconciler with the keys that changes in the stores touch.</summary>
public sealed partial class Controller<T> : IController, IDisposable
    where T : class, IKubernetesObject<T>
{
    private readonly IReconciler<T> _reconciler;
    private readonly OwnWrites _writes;
    private readonly int _workers;
    private readonly ILogger<Controller<T>> _logger;
    private readonly TimeProvider _time;
    private readonly WorkQueue _queue;
    private readonly ReconcileMetrics _metrics;
    private ObjectStore<T>? _store;
    private ShardClaims? _claims;
    private volatile bool _running;

    /// <param name="reconciler">Gets the keys.</param>
    /// <param name="writes">What its reconciles wrote; not shared with other controllers.</param>
    /// <param name="workers">How many keys are reconciled at a time.</param>
    /// <param name="time">Clock of delays.</param>
    /// <param name="logger">Hears of failures.</param>
    /// <param name="name">Name in metrics; the kind in lower case when null.</param>
    public Controller(IReconciler<T> reconciler, OwnWrites writes, int workers, TimeProvider time, ILogger<Controller<T>> logger, string? name = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(workers, 1);
        _reconciler = reconciler;
        _writes = writes;
        _workers = workers;
        _logger = logger;
        _time = time;
        name ??= T.Resource.Kind.ToLowerInvariant();
        _queue = new WorkQueue(time, name, workers);
        _metrics = new ReconcileMetrics(name);
    }

    public bool IsShared => _claims is not null;

    /// <summary>Shares the objects with other replicas: reconciles those alone to whose slots this process has a claim, under that claim. Null: all of them.</summary>
    public Controller<T> Share(ShardClaims? claims)
    {
        _claims = claims;
        claims?.OnGained(slots =>
        {
            HashSet<int> gained = [.. slots];
            EnqueueAll(key => gained.Contains(Slots.Of(key)));
        });
        return this;
    }

    /// <summary>Enqueues a key, as something that no store shows has happened to it.</summary>
    public void Enqueue(ObjectKey key) => _queue.Add(key);

    /// <summary>Enqueues a key after a delay, unless it comes sooner anyway.</summary>
    public void EnqueueAfter(ObjectKey key, TimeSpan delay) => _queue.AddAfter(key, delay);

    /// <summary>Reconciles an object when it changes.</summary>
    public Controller<T> Watch(ObjectStore<T> store)
    {
        _store = store;
        return Watch(store, static item => item.Key());
    }

    /// <summary>Reconciles what another kind's object belongs to when that changes.</summary>
    /// <param name="store">The other kind.</param>
    /// <param name="owner">Gives the key to reconcile; null for none. Asked for the object before and after a change, so that both owners hear of a move.</param>
    public Controller<T> Watch<TOther>(ObjectStore<TOther> store, Func<TOther, ObjectKey?> owner)
        where TOther : class, IKubernetesObject<TOther>
    {
        store.Subscribe((before, after) =>
        {
            EnqueueOwner(before, owner);
            EnqueueOwner(after, owner);
        });
        return this;
    }

    /// <summary>Reconciles everything that another kind's object bears on when that changes.</summary>
    /// <param name="store">The other kind.</param>
    /// <param name="concerned">Gives the keys to reconcile.</param>
    public Controller<T> WatchAll<TOther>(ObjectStore<TOther> store, Func<TOther, IEnumerable<ObjectKey>> concerned)
        where TOther : class, IKubernetesObject<TOther>
    {
        store.Subscribe((before, after) =>
        {
            foreach (ObjectKey key in concerned(after ?? before!))
            {
                _queue.Add(key, _running ? WorkPriority.Normal : WorkPriority.Low);
            }
        });
        return this;
    }

    public async Task RunAsync(CancellationToken cancellation)
    {
        if (_running)
        {
            // What was decided elsewhere meanwhile, timers included, is not known here.
            EnqueueAll(static _ => true);
        }

        _running = true;
        Task[] workers = new Task[_workers];
        for (int i = 0; i < workers.Length; i++)
        {
            workers[i] = WorkAsync(cancellation);
        }

        await Task.WhenAll(workers);
    }

    public void Dispose() => _queue.Dispose();

    private void EnqueueOwner<TOther>(TOther? item, Func<TOther, ObjectKey?> owner)
        where TOther : class, IKubernetesObject<TOther>
    {
        if (item is null)
        {
            return;
        }

        try
        {
            if (owner(item) is { } key)
            {
                _queue.Add(key, _running ? WorkPriority.Normal : WorkPriority.Low);
            }
        }
#pragma warning disable CA1031 // An odd object must not take the change from the store's other watchers.
        catch (Exception error)
#pragma warning restore CA1031
        {
            LogOwner(_logger, error, TOther.Resource.Kind, item.Key());
        }
    }

    private async Task WorkAsync(CancellationToken cancellation)
    {
        // Leave the caller's stack: workers must not run one after another until their first wait.
        await Task.Yield();
        while (true)
        {
            ObjectKey key;
            try
            {
                key = await _queue.TakeAsync(cancellation);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            try
            {
                using ShardScope? scope = _claims?.TryEnter(Slots.Of(key));
                if (_claims is not null && scope is null)
                {
                    // Whoever gets the slot looks at all that is in it.
                    _queue.Forget(key);
                    continue;
                }

                long started = _time.GetTimestamp();
                if (await ReconcileAsync(key, cancellation) is { } outcome)
                {
                    _metrics.Ended(outcome, _writes.TakeWrote(key), _time.GetElapsedTime(started));
                    Apply(key, outcome);
                }
            }
            finally
            {
                _queue.Done(key);
            }
        }
    }

    private void EnqueueAll(Func<ObjectKey, bool> isWanted)
    {
        foreach (T item in _store?.All ?? [])
        {
            if (isWanted(item.Key()))
            {
                _queue.Add(item.Key(), WorkPriority.Low);
            }
        }
    }

    /// <summary>Null when a stop cut it off: neither a success nor a failure.</summary>
    private async Task<Outcome?> ReconcileAsync(ObjectKey key, CancellationToken cancellation)
    {
        try
        {
            await _writes.SettledAsync(key, cancellation);
            return await _reconciler.ReconcileAsync(key, cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return null;
        }
#pragma warning disable CA1031 // A defect in one object's reconcile must not stop the others; it is logged with its stack and tried again.
        catch (Exception error)
#pragma warning restore CA1031
        {
            return Outcome.Retry(error);
        }
    }

    private void Apply(ObjectKey key, Outcome outcome)
    {
        switch (outcome.Kind)
        {
            case OutcomeKind.Retry when outcome.Error is KubeApiException { IsConflict: true } conflict:
                LogConflict(_logger, T.Resource.Kind, key, conflict.Message);
                _queue.AddFailed(key);
                return;
            case OutcomeKind.Retry:
                LogRetry(_logger, outcome.Error!, T.Resource.Kind, key);
                _queue.AddFailed(key);
                return;
            case OutcomeKind.Terminal:
                LogTerminal(_logger, outcome.Error!, T.Resource.Kind, key);
                break;
            case OutcomeKind.Again:
                _queue.Add(key);
                break;
            case OutcomeKind.After:
                _queue.AddAfter(key, outcome.Delay);
                break;
        }

        _queue.Forget(key);
    }

    [LoggerMessage(1, LogLevel.Warning, "{Kind} {Key}: reconcile failed, trying again")]
    private static partial void LogRetry(ILogger logger, Exception error, string kind, ObjectKey key);

    [LoggerMessage(2, LogLevel.Error, "{Kind} {Key}: reconcile failed for good")]
    private static partial void LogTerminal(ILogger logger, Exception error, string kind, ObjectKey key);

    [LoggerMessage(3, LogLevel.Debug, "{Kind} {Key}: decided from the past, observing again: {Message}")]
    private static partial void LogConflict(ILogger logger, string kind, ObjectKey key, string message);

    [LoggerMessage(4, LogLevel.Error, "{Kind} {Key}: what it belongs to cannot be told")]
    private static partial void LogOwner(ILogger logger, Exception error, string kind, ObjectKey key);
}
