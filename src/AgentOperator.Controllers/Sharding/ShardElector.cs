using System.Threading.Channels;
using AgentOperator.Controllers.LeaderElection;
using AgentOperator.Controllers.Metrics;
using AgentOperator.Kube;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Coordination;
using Microsoft.Extensions.Logging;

namespace AgentOperator.Controllers.Sharding;

/// <summary>Shares the slots with the other members. A member works on a slot while the map names it and its own Lease is renewed. It hands a slot over by ending its work there first.
/// Whoever takes the slots of a silent member first empties that member's Lease, by a write that fails when it was renewed meanwhile: who was silent can then not come back, and ends.</summary>
public sealed partial class ShardElector(IShardStore store, ShardClaims claims, LeaderElectionOptions options, TimeProvider time, Random random, ILogger<ShardElector> logger) : IElector
{
    private const int LeaveTries = 10;

    private readonly MemberWatcher _watcher = new(time, options.LeaseDuration, options.RenewDeadline);
    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly HashSet<string> _putOut = new(StringComparer.Ordinal);
    private SortedSet<string> _live = [];
    private Lease? _own;
    private bool _hasJoined;
    private bool _takesPart;

    public string Part => "shards";

    public string? Problem { get; private set; } = "has not joined yet";

    public async Task AcquireAsync(CancellationToken cancellation)
    {
        Instruments.Add(store.Description, claims);
        claims.OnDrained(Wake);
        LogJoining(logger, options.Identity, store.Description);
        while (!await TryAsync(JoinAsync, cancellation))
        {
            await Task.Delay(Period(), time, cancellation);
        }
    }

    public async Task HoldAsync(CancellationToken cancellation)
    {
        while (true)
        {
            using (CancellationTokenSource period = CancellationTokenSource.CreateLinkedTokenSource(cancellation))
            {
                await Task.WhenAny(Task.Delay(Period(), time, period.Token), _wake.Reader.WaitToReadAsync(period.Token).AsTask());
                await period.CancelAsync();
            }

            cancellation.ThrowIfCancellationRequested();
            _wake.Reader.TryRead(out _);
            await TryAsync(TickAsync, cancellation);
        }
    }

    public async Task ReleaseAsync(CancellationToken cancellation)
    {
        claims.End();
        try
        {
            int attempt = 1;
            while (!await TryLeaveAsync(attempt == LeaveTries, cancellation))
            {
                attempt++;
            }
        }
#pragma warning disable CA1031 // The others wait until this member has been silent for long enough, whatever the reason was.
        catch (Exception error) when (error is not OperationCanceledException)
#pragma warning restore CA1031
        {
            LogNotReleased(logger, error.Message);
        }
    }

    /// <summary>One round: renew, look, give up, take.</summary>
    /// <exception cref="LeaderLostException">Others took this member for dead.</exception>
    internal async Task TickAsync(CancellationToken cancellation)
    {
        Lease own = _own ?? OwnIn(await store.ReadAsync(cancellation));
        long sent = time.GetTimestamp();
        await RenewAsync(own, cancellation);
        ShardView view = await store.ReadAsync(cancellation);
        own = OwnIn(view);
        if (view.Map is not { } lease)
        {
            await WithoutMapAsync(view, own, cancellation);
            return;
        }

        ShardMap map = ShardMap.Read(lease);
        string?[] table = map.Table();
        Lose(slot => table[slot] != options.Identity);
        claims.Renew(sent);
        if (!_takesPart)
        {
            // Before anything is taken: whoever finds no map may make one when nobody says that there was one.
            _takesPart = true;
            await RenewAsync(own, cancellation);
        }

        await ShareAsync(view, lease, map, table, cancellation);
    }

    /// <summary>Makes the round come at once.</summary>
    internal void Wake() => _wake.Writer.TryWrite(true);

    /// <summary>The first member makes the map. When there was one, everybody who held slots by it must have let go, or have been silent for too long.</summary>
    private async Task WithoutMapAsync(ShardView view, Lease own, CancellationToken cancellation)
    {
        Lose(static _ => true);
        if (_takesPart)
        {
            LogMapGone(logger, store.Description);
            _takesPart = false;
            await RenewAsync(own, cancellation);
        }

        Dictionary<string, Lease> members = MembersIn(view);
        _watcher.Look(members.ToDictionary(static member => member.Key, static member => member.Value.Metadata.ResourceVersion, StringComparer.Ordinal));
        if (members.All(member => member.Key == options.Identity || member.Value.Spec!.LeaseTransitions is not > 0 || _watcher.IsSilent(member.Key, member.Value)))
        {
            await store.CreateMapAsync(new ShardMap(), MapSpec(null), cancellation);
            Wake();
        }
    }

    private async Task ShareAsync(ShardView view, Lease lease, ShardMap map, string?[] before, CancellationToken cancellation)
    {
        IReadOnlySet<string> live = await LiveAsync(view, before, cancellation);
        string?[] after = [.. before.Select(owner => owner is not null && live.Contains(owner) ? owner : null)];
        ShardPlan plan = ShardPlan.For(after, live, options.Identity);
        claims.Drain(plan.Surplus);
        foreach (int slot in plan.Surplus.Where(slot => claims[slot] == SlotClaim.None))
        {
            after[slot] = null;
        }

        foreach (int slot in plan.Claim)
        {
            after[slot] = options.Identity;
        }

        // The map may name this member for slots that it does not hold, after a write whose answer was lost. They count from a further write on: none that was sent before it can come after it.
        int[] gained = [.. Enumerable.Range(0, after.Length).Where(slot => after[slot] == options.Identity && claims[slot] == SlotClaim.None)];
        if (gained.Length > 0 || !after.AsSpan().SequenceEqual(before))
        {
            await store.UpdateMapAsync(lease, map.With(after), MapSpec(lease.Spec), cancellation);
            claims.Gain(gained);
            LogShares(logger, store.Description, claims.Count, Slots.Count, live.Count);
        }

        foreach (Lease ended in view.Members.Where(static member => string.IsNullOrEmpty(member.Spec?.HolderIdentity)))
        {
            await store.RemoveMemberAsync(ended, cancellation);
        }
    }

    /// <summary>Everybody but the silent, who are put out on the way.</summary>
    private async Task<IReadOnlySet<string>> LiveAsync(ShardView view, string?[] table, CancellationToken cancellation)
    {
        Dictionary<string, Lease> members = MembersIn(view);
        Dictionary<string, string?> versions = members.ToDictionary(static member => member.Key, static member => member.Value.Metadata.ResourceVersion, StringComparer.Ordinal);
        foreach (string owner in table.OfType<string>().Distinct(StringComparer.Ordinal))
        {
            // A Lease that somebody deleted: its member ends when it finds out, or when it cannot find out for too long.
            versions.TryAdd(owner, null);
        }

        _watcher.Look(versions);
        _putOut.IntersectWith(versions.Keys);
        foreach (string member in versions.Keys.Where(member => member != options.Identity && !_putOut.Contains(member) && _watcher.IsSilent(member, members.GetValueOrDefault(member))))
        {
            if (members.TryGetValue(member, out Lease? lease))
            {
                await store.UpdateMemberAsync(lease, lease.Spec! with { HolderIdentity = "" }, cancellation);
            }

            _putOut.Add(member);
            LogPutOut(logger, member, store.Description);
        }

        SortedSet<string> live = new(versions.Keys, StringComparer.Ordinal) { options.Identity };
        live.ExceptWith(_putOut);
        if (!live.SetEquals(_live))
        {
            _live = live;
            LogMembers(logger, store.Description, string.Join(", ", live));
        }

        return live;
    }

    internal async Task JoinAsync(CancellationToken cancellation)
    {
        if (!_hasJoined)
        {
            try
            {
                _own = await store.JoinAsync(OwnSpec(), cancellation);
            }
            catch (KubeApiException error) when (error.IsAlreadyExists)
            {
                // The answer to an earlier try was lost.
                _own = OwnIn(await store.ReadAsync(cancellation));
            }

            _hasJoined = true;
        }

        await TickAsync(cancellation);
    }

    private async Task RenewAsync(Lease own, CancellationToken cancellation)
    {
        _own = null;
        _own = await store.UpdateMemberAsync(own, OwnSpec(), cancellation);
    }

    /// <summary>False when another member was faster.</summary>
    private async Task<bool> TryLeaveAsync(bool isLast, CancellationToken cancellation)
    {
        ShardView view = await store.ReadAsync(cancellation);
        try
        {
            if (view.Map is { } lease)
            {
                ShardMap map = ShardMap.Read(lease);
                await store.UpdateMapAsync(lease, map.With([.. map.Table().Select(owner => owner == options.Identity ? null : owner)]), MapSpec(lease.Spec), cancellation);
            }

            if (MembersIn(view).TryGetValue(options.Identity, out Lease? own))
            {
                await store.RemoveMemberAsync(own, cancellation);
            }

            return true;
        }
        catch (KubeApiException error) when (error.IsConflict && !isLast)
        {
            return false;
        }
    }

    /// <summary>False when it failed in a way that may pass. Cut off at the deadline.</summary>
    private async Task<bool> TryAsync(Func<CancellationToken, Task> round, CancellationToken cancellation)
    {
        using CancellationTokenSource deadline = new(options.RenewDeadline, time);
        using CancellationTokenSource linked = CancellationTokenSource.CreateLinkedTokenSource(cancellation, deadline.Token);
        try
        {
            await round(linked.Token);
            Problem = null;
            return true;
        }
        catch (KubeApiException error) when (error.IsConflict)
        {
            // Two members wrote at once: look again.
            Wake();
            return false;
        }
#pragma warning disable CA1031 // A credential plugin or a proxy may fail in ways of its own: whatever it is, the claims hold until their deadline.
        catch (Exception error) when (error is not LeaderLostException && !cancellation.IsCancellationRequested)
#pragma warning restore CA1031
        {
            string problem = error is OperationCanceledException ? $"no answer within {options.RenewDeadline.TotalSeconds:0.#} s" : error.Message;
            if (Problem != problem)
            {
                Problem = problem;
                LogFailed(logger, store.Description, problem);
            }

            return false;
        }
    }

    private void Lose(Func<int, bool> isLost)
    {
        int[] lost = [.. Enumerable.Range(0, Slots.Count).Where(slot => claims[slot] != SlotClaim.None && isLost(slot))];
        if (lost.Length > 0)
        {
            claims.Lose(lost);
            LogLost(logger, store.Description, SlotRanges.Format(lost));
        }
    }

    private static Dictionary<string, Lease> MembersIn(ShardView view) => view.Members
        .Where(static member => !string.IsNullOrEmpty(member.Spec?.HolderIdentity))
        .ToDictionary(static member => member.Spec!.HolderIdentity!, StringComparer.Ordinal);

    private Lease OwnIn(ShardView view)
    {
        if (MembersIn(view).TryGetValue(options.Identity, out Lease? own))
        {
            return own;
        }

        claims.End();
        throw new LeaderLostException($"The other replicas under {store.Description} took this one for dead, or its Lease was deleted.");
    }

    /// <summary>Transitions say whether it may hold slots.</summary>
    private LeaseSpec OwnSpec() => new()
    {
        HolderIdentity = options.Identity,
        LeaseDurationSeconds = (int)Math.Ceiling(options.LeaseDuration.TotalSeconds),
        RenewTime = new MicroTime(time.GetUtcNow()),
        LeaseTransitions = _takesPart ? 1 : 0,
    };

    /// <summary>Transitions count the writes: a write that changes nothing would leave the version as it is, and an older one could still come.</summary>
    private LeaseSpec MapSpec(LeaseSpec? before) => new() { HolderIdentity = options.Identity, RenewTime = new MicroTime(time.GetUtcNow()), LeaseTransitions = ((before?.LeaseTransitions ?? 0) + 1) & int.MaxValue };

    private TimeSpan Period() => options.RetryPeriod * (1 + (random.NextDouble() * (LeaderElector.Jitter - 1)));

    [LoggerMessage(1, LogLevel.Information, "{Identity} joins those who share the work under {Map}")]
    private static partial void LogJoining(ILogger logger, string identity, string map);

    [LoggerMessage(2, LogLevel.Information, "{Map}: {Own} of {All} slots, {Members} members")]
    private static partial void LogShares(ILogger logger, string map, int own, int all, int members);

    [LoggerMessage(3, LogLevel.Information, "{Map}: the members are {Members}")]
    private static partial void LogMembers(ILogger logger, string map, string members);

    [LoggerMessage(4, LogLevel.Warning, "{Member} was silent for too long: its slots under {Map} are free")]
    private static partial void LogPutOut(ILogger logger, string member, string map);

    [LoggerMessage(5, LogLevel.Warning, "{Map}: the slots {Slots} are somebody else's by now")]
    private static partial void LogLost(ILogger logger, string map, string slots);

    [LoggerMessage(6, LogLevel.Warning, "{Map} was deleted: the work is shared out anew")]
    private static partial void LogMapGone(ILogger logger, string map);

    [LoggerMessage(7, LogLevel.Warning, "{Map} could not be read or written, trying again: {Message}")]
    private static partial void LogFailed(ILogger logger, string map, string message);

    [LoggerMessage(8, LogLevel.Warning, "The slots were not given up, the others have to wait: {Message}")]
    private static partial void LogNotReleased(ILogger logger, string message);
}
