using AgentOperator.Controllers.Metrics;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Coordination;
using Microsoft.Extensions.Logging;

namespace AgentOperator.Controllers.LeaderElection;

/// <summary>Holds a Lease so that one of several processes works. There is no way back: who has lost the lease ends, and its successor starts clean.</summary>
public sealed partial class LeaderElector(ILeaseLock lease, Leadership leadership, LeaderElectionOptions options, TimeProvider time, Random random, ILogger<LeaderElector> logger) : IElector
{
    /// <summary>Largest stretch of the retry period, so that candidates do not come all at once.</summary>
    public const double Jitter = 1.2;

    private readonly LeaseWatcher _watcher = new(options.Identity, time);
    private Lease? _held;
    private string? _follows;

    public string Part => "lease";

    public string? Problem { get; private set; }

    public async Task AcquireAsync(CancellationToken cancellation)
    {
        Instruments.Add(lease.Description, leadership);
        LogCandidate(logger, options.Identity, lease.Description);
        while (!await TryAsync(isFirst: true, options.RenewDeadline, cancellation))
        {
            await Task.Delay(options.RetryPeriod * (1 + (random.NextDouble() * (Jitter - 1))), time, cancellation);
        }

        LogLeading(logger, options.Identity, lease.Description);
    }

    public async Task HoldAsync(CancellationToken cancellation)
    {
        long renewed = time.GetTimestamp();
        while (true)
        {
            await Task.Delay(options.RetryPeriod, time, cancellation);
            long sent = time.GetTimestamp();
            if (await TryAsync(isFirst: false, options.RenewDeadline - time.GetElapsedTime(renewed), cancellation))
            {
                renewed = sent;
            }
            else if (time.GetElapsedTime(renewed) >= options.RenewDeadline || !leadership.IsHeld)
            {
                leadership.End();
                throw new LeaderLostException($"The lease {lease.Description} could not be renewed within {options.RenewDeadline.TotalSeconds:0.#} s.");
            }
        }
    }

    public async Task ReleaseAsync(CancellationToken cancellation)
    {
        if (_held is not { Spec: { } spec } held || !leadership.IsHeld)
        {
            return;
        }

        leadership.End();
        try
        {
            await lease.UpdateAsync(held, spec with { HolderIdentity = "", LeaseDurationSeconds = 1, RenewTime = Now() }, cancellation);
        }
#pragma warning disable CA1031 // The next leader waits for the end of the lease, whatever the reason was.
        catch (Exception error) when (error is not OperationCanceledException)
#pragma warning restore CA1031
        {
            LogNotReleased(logger, error.Message);
        }
    }

    /// <summary>One try, cut off at the deadline: an answer that comes later must not count.</summary>
    private async Task<bool> TryAsync(bool isFirst, TimeSpan left, CancellationToken cancellation)
    {
        if (left <= TimeSpan.Zero)
        {
            return false;
        }

        using CancellationTokenSource deadline = new(left, time);
        using CancellationTokenSource linked = CancellationTokenSource.CreateLinkedTokenSource(cancellation, deadline.Token);
        try
        {
            return await TryAsync(isFirst, linked.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            LogSlow(logger, lease.Description);
            return false;
        }
    }

    private async Task<bool> TryAsync(bool isFirst, CancellationToken cancellation)
    {
        long sent = time.GetTimestamp();
        try
        {
            // The holder knows what it wrote last; a read is needed only when that turned out wrong.
            Lease? current = _held ?? await lease.ReadAsync(cancellation);
            _held = null;
            _held = _watcher.Judge(current) switch
            {
                LeaseClaim.Create => await lease.CreateAsync(Claim(null), cancellation),
                LeaseClaim.Take or LeaseClaim.Renew => await lease.UpdateAsync(current!, Claim(current!.Spec), cancellation),
                _ => null,
            };
            if (_held is null && current!.Spec!.HolderIdentity != _follows)
            {
                _follows = current.Spec.HolderIdentity;
                LogFollowing(logger, lease.Description, _follows);
            }
        }
#pragma warning disable CA1031 // A credential plugin or a proxy may fail in ways of its own: whatever it is, the lease is held until its deadline.
        catch (Exception error) when (error is not OperationCanceledException)
#pragma warning restore CA1031
        {
            if (Problem != error.Message)
            {
                Problem = error.Message;
                LogFailed(logger, lease.Description, error.Message);
            }

            return false;
        }

        Problem = null;
        return _held is not null && leadership.Renew(sent, options.LeaseDuration, isFirst);
    }

    private LeaseSpec Claim(LeaseSpec? before)
    {
        bool isOurs = before?.HolderIdentity == options.Identity;
        return new LeaseSpec
        {
            HolderIdentity = options.Identity,
            LeaseDurationSeconds = (int)Math.Ceiling(options.LeaseDuration.TotalSeconds),
            AcquireTime = isOurs ? before!.AcquireTime : Now(),
            RenewTime = Now(),
            LeaseTransitions = (before?.LeaseTransitions ?? 0) + (isOurs || before is null ? 0 : 1),
        };
    }

    private MicroTime Now() => new(time.GetUtcNow());

    [LoggerMessage(1, LogLevel.Information, "{Identity} waits for the lease {Lease}")]
    private static partial void LogCandidate(ILogger logger, string identity, string lease);

    [LoggerMessage(2, LogLevel.Information, "{Identity} leads under the lease {Lease}")]
    private static partial void LogLeading(ILogger logger, string identity, string lease);

    [LoggerMessage(6, LogLevel.Information, "The lease {Lease} is held by {Holder}")]
    private static partial void LogFollowing(ILogger logger, string lease, string? holder);

    [LoggerMessage(3, LogLevel.Warning, "The lease {Lease} could not be read or written, trying again: {Message}")]
    private static partial void LogFailed(ILogger logger, string lease, string message);

    [LoggerMessage(4, LogLevel.Warning, "The lease {Lease} was not answered for before the deadline")]
    private static partial void LogSlow(ILogger logger, string lease);

    [LoggerMessage(5, LogLevel.Warning, "The lease was not released, the next leader has to wait for its end: {Message}")]
    private static partial void LogNotReleased(ILogger logger, string message);
}
