using System.Collections.Concurrent;
using System.Collections.Immutable;
using AgentOperator.Kube;
using AgentOperator.Kube.Models;

namespace AgentOperator.Controllers.Caching;

/// <summary>The objects of one kind as the API server last told: written by one reflector, or by one for each of several namespaces; any number of readers, who share the immutable objects.</summary>
public sealed class ObjectStore<T>
    where T : class, IKubernetesObject<T>
{
    private readonly Func<T, string?> _indexBy;
    private readonly Lock _changing = new();
    private readonly Lock _gate = new();
    private readonly List<Waiter> _waiters = [];
    private readonly Dictionary<string, Position> _positions = new(StringComparer.Ordinal);
    private Action<T?, T?>? _changed;
    private volatile Contents _contents;

    /// <param name="indexBy">Gives the value that <see cref="Indexed"/> finds an object by; null leaves it out.</param>
    public ObjectStore(Func<T, string?>? indexBy = null)
    {
        _indexBy = indexBy ?? (static _ => null);
        _contents = new Contents();
    }

    /// <summary>Number of objects.</summary>
    public int Count => _contents.Items.Count;

    /// <summary>Every object, in no order.</summary>
    public ICollection<T> All => _contents.Items.Values;

    /// <summary>Number of waits of <see cref="SeenAsync(string, string?, CancellationToken)"/> that have not ended.</summary>
    internal int Waiting
    {
        get
        {
            lock (_gate)
            {
                return _waiters.Count;
            }
        }
    }

    /// <summary>Calls back for each object that is there, and then after each change, with the object before and after; null for none. Runs on the reflector's task: be quick.</summary>
    public void Subscribe(Action<T?, T?> changed)
    {
        lock (_changing)
        {
            foreach (T item in _contents.Items.Values)
            {
                changed(null, item);
            }

            _changed += changed;
        }
    }

    /// <summary>One object, or null.</summary>
    public T? Find(ObjectKey key) => _contents.Items.GetValueOrDefault(key);

    /// <summary>The objects whose index value is this, by key.</summary>
    public ImmutableDictionary<ObjectKey, T> Indexed(string value) => _contents.Index.GetValueOrDefault(value, ImmutableDictionary<ObjectKey, T>.Empty);

    /// <summary>Completes when the store has seen everything up to a version that this process wrote.</summary>
    public Task SeenAsync(string resourceVersion, CancellationToken cancellation) => SeenAsync(resourceVersion, null, cancellation);

    /// <summary>Completes when the store has seen everything up to a version that this process wrote in a namespace; null: in any.</summary>
    public async Task SeenAsync(string resourceVersion, string? ns, CancellationToken cancellation)
    {
        Waiter waiter;
        lock (_gate)
        {
            waiter = new Waiter(resourceVersion, ns, _positions.Values.ToDictionary(static position => position, static position => position.Lists));
            if (HasSeen(waiter))
            {
                return;
            }

            _waiters.Add(waiter);
        }

        try
        {
            await waiter.Reached.Task.WaitAsync(cancellation);
        }
        catch (OperationCanceledException)
        {
            lock (_gate)
            {
                _waiters.Remove(waiter);
            }

            throw;
        }
    }

    /// <summary>Notes that the server is about to be asked for a list: what it answers shows every write that ended before.</summary>
    internal void BeginReplace(string ns = "")
    {
        lock (_gate)
        {
            PositionOf(ns).Lists++;
        }
    }

    /// <summary>Swaps the whole content, or that of a namespace: readers see the old until the new is complete. Objects that are gone are told as deleted.</summary>
    internal void Replace(IReadOnlyList<T> items, IReadOnlyCollection<UnreadableObject> unreadable, string resourceVersion, string ns = "")
    {
        lock (_changing)
        {
            Contents before = _contents;
            Contents after = new();
            foreach (T item in items)
            {
                after.Set(item.Key(), item, _indexBy);
            }

            if (ns.Length > 0)
            {
                foreach ((ObjectKey key, T item) in before.Items.Where(entry => entry.Key.Namespace != ns))
                {
                    after.Set(key, item, _indexBy);
                }
            }

            // An object that exists but cannot be read must not look deleted.
            foreach (UnreadableObject item in unreadable)
            {
                if (before.Items.TryGetValue(KeyOf(item), out T? old) && old.Metadata.Uid == item.Metadata.Uid)
                {
                    after.Set(KeyOf(item), old, _indexBy);
                }
            }

            _contents = after;
            foreach ((ObjectKey key, T old) in before.Items)
            {
                if (!after.Items.ContainsKey(key))
                {
                    _changed?.Invoke(old, null);
                }
            }

            foreach ((ObjectKey key, T item) in after.Items)
            {
                T? old = before.Items.GetValueOrDefault(key);
                if (old?.Metadata.ResourceVersion != item.Metadata.ResourceVersion)
                {
                    Tell(old, item);
                }
            }
        }

        Reached(resourceVersion, ns, listed: true);
    }

    internal void Set(T item, string resourceVersion, string ns = "")
    {
        lock (_changing)
        {
            T? old = _contents.Set(item.Key(), item, _indexBy);
            Tell(old, item);
        }

        Reached(resourceVersion, ns);
    }

    internal void Remove(ObjectKey key, string resourceVersion, string ns = "")
    {
        lock (_changing)
        {
            if (_contents.Remove(key, _indexBy) is { } old)
            {
                _changed?.Invoke(old, null);
            }
        }

        Reached(resourceVersion, ns);
    }

    /// <summary>Keeps what was last readable of an object, unless another one has taken its name.</summary>
    internal void Keep(UnreadableObject item, string resourceVersion, string ns = "")
    {
        ObjectKey key = KeyOf(item);
        if (Find(key) is { } old && old.Metadata.Uid != item.Metadata.Uid)
        {
            Remove(key, resourceVersion, ns);
        }

        Reached(resourceVersion, ns);
    }

    /// <summary>Notes that nothing more is to come up to this version.</summary>
    internal void Reached(string resourceVersion, string ns = "") => Reached(resourceVersion, ns, listed: false);

    internal static ObjectKey KeyOf(UnreadableObject item) => new(item.Metadata.Namespace, item.Metadata.Name ?? "");

    private void Reached(string resourceVersion, string ns, bool listed)
    {
        lock (_gate)
        {
            Position position = PositionOf(ns);
            position.Latest = resourceVersion;
            position.Listed = listed ? position.Lists : position.Listed;
            for (int i = _waiters.Count - 1; i >= 0; i--)
            {
                if (HasSeen(_waiters[i]))
                {
                    _waiters[i].Reached.TrySetResult();
                    _waiters.RemoveAt(i);
                }
            }
        }
    }

    /// <summary>A name used again for another object is a deletion and a creation: state that belongs to the old uid must go.</summary>
    private void Tell(T? old, T item)
    {
        if (old is not null && old.Metadata.Uid != item.Metadata.Uid)
        {
            _changed?.Invoke(old, null);
            old = null;
        }

        _changed?.Invoke(old, item);
    }

    private Position PositionOf(string ns)
    {
        if (!_positions.TryGetValue(ns, out Position? position))
        {
            _positions[ns] = position = new Position();
        }

        return position;
    }

    /// <summary>Whether what will show a write is there. A namespace that nobody follows never shows it; a store that nobody has begun to fill will.</summary>
    private bool HasSeen(Waiter waiter) =>
        _positions.Count > 0
        && (waiter.Namespace is null ? _positions.Values.All(waiter.IsReachedBy)
            : _positions.TryGetValue(waiter.Namespace, out Position? own) ? waiter.IsReachedBy(own)
            : !_positions.TryGetValue("", out Position? all) || waiter.IsReachedBy(all));

    /// <summary>How far the objects of one namespace, or of all, are known.</summary>
    private sealed class Position
    {
        public string? Latest { get; set; }

        /// <summary>How many lists have been asked for.</summary>
        public int Lists { get; set; }

        /// <summary>Which of them was the last to be answered.</summary>
        public int Listed { get; set; }

        public bool Reached(string version) =>
            Latest is not null && (!ResourceVersions.IsComparable(version) || !ResourceVersions.IsComparable(Latest) || ResourceVersions.AtLeast(Latest, version));
    }

    /// <param name="version">What is waited for.</param>
    /// <param name="ns">Where it was written; null for anywhere.</param>
    /// <param name="lists">How many lists had been asked for when the wait began.</param>
    private sealed class Waiter(string version, string? ns, Dictionary<Position, int> lists)
    {
        public string? Namespace { get; } = ns;

        /// <summary>After a restore of the server from a backup its versions are smaller than those of writes that are lost for good: a list asked for since then is as good.</summary>
        public bool IsReachedBy(Position position) => position.Reached(version) || position.Listed > lists.GetValueOrDefault(position);

        public TaskCompletionSource Reached { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private sealed class Contents
    {
        public ConcurrentDictionary<ObjectKey, T> Items { get; } = new();

        public ConcurrentDictionary<string, ImmutableDictionary<ObjectKey, T>> Index { get; } = new(StringComparer.Ordinal);

        public T? Set(ObjectKey key, T item, Func<T, string?> indexBy)
        {
            T? old = Items.GetValueOrDefault(key);
            string? oldValue = old is null ? null : indexBy(old);
            string? value = indexBy(item);
            Items[key] = item;
            if (oldValue is not null && oldValue != value)
            {
                Unindex(key, oldValue);
            }

            if (value is not null)
            {
                Index[value] = Index.GetValueOrDefault(value, ImmutableDictionary<ObjectKey, T>.Empty).SetItem(key, item);
            }

            return old;
        }

        public T? Remove(ObjectKey key, Func<T, string?> indexBy)
        {
            if (!Items.TryRemove(key, out T? old))
            {
                return null;
            }

            if (indexBy(old) is { } value)
            {
                Unindex(key, value);
            }

            return old;
        }

        private void Unindex(ObjectKey key, string value)
        {
            ImmutableDictionary<ObjectKey, T> rest = Index.GetValueOrDefault(value, ImmutableDictionary<ObjectKey, T>.Empty).Remove(key);
            if (rest.IsEmpty)
            {
                Index.TryRemove(value, out _);
            }
            else
            {
                Index[value] = rest;
            }
        }
    }
}
