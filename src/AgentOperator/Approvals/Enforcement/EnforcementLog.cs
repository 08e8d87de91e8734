using System.Collections.Concurrent;
using AgentOperator.Api.Approvals;
using AgentOperator.Approvals.Deciding;

namespace AgentOperator.Approvals.Enforcement;

/// <summary>Since when forging has been refused in each namespace. A policy that was removed and put back, or changed and changed back, is another one: what was created in between does not count.</summary>
internal sealed class EnforcementLog(EnforcementProbe probe, OperatorOptions options, TimeProvider time)
{
    /// <summary>How old a finding may be while a gate waits; it is looked at anew before one opens.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, (EnforcementState State, long At)> _known = new(StringComparer.Ordinal);

    // A gate's status that was written before a break, or is read from a cache that has not seen it, must not bridge it.
    private readonly ConcurrentDictionary<string, DateTimeOffset> _broken = new(StringComparer.Ordinal);

    /// <param name="ns">The namespace.</param>
    /// <param name="gates">Gates of it whose status tells of an earlier proof, as after a restart.</param>
    /// <param name="isFresh">True: it is tried now, whatever is known.</param>
    /// <param name="cancellation">Ends the try.</param>
    public async ValueTask<EnforcementState> LookAsync(string ns, IEnumerable<GateStatus> gates, bool isFresh, CancellationToken cancellation)
    {
        if (options.AllowUnverifiedApprovals)
        {
            return EnforcementState.NotAsked;
        }

        if (!isFresh && _known.TryGetValue(ns, out (EnforcementState State, long At) known) && known.State.IsEnforced && time.GetElapsedTime(known.At) < Lifetime)
        {
            return known.State;
        }

        EnforcementFinding finding = await probe.TryAsync(ns, cancellation);
        if (finding.Policies is null)
        {
            _broken[ns] = time.GetUtcNow();
        }

        EnforcementState state = finding.Policies is { } policies
            ? new EnforcementState { IsEnforced = true, Policies = policies, Since = Since(ns, policies, gates), IsStampEnforced = finding.IsStampEnforced }
            : new EnforcementState { IsEnforced = false, Problem = finding.Problem };
        _known[ns] = (state, time.GetTimestamp());
        return state;
    }

    /// <summary>Times of creation are told in whole seconds: only from the next one on is it certain that an Approval is not older than the proof.</summary>
    private DateTimeOffset Since(string ns, string policies, IEnumerable<GateStatus> gates)
    {
        DateTimeOffset since = WholeSecondAfter(time.GetUtcNow());
        if (_known.TryGetValue(ns, out (EnforcementState State, long At) known) && known.State.Policies == policies && known.State.Since < since)
        {
            since = known.State.Since;
        }

        foreach (GateStatus gate in gates)
        {
            if (gate.VerifiedPolicies == policies && gate.VerifiedSince is { } earlier && earlier.Value < since)
            {
                since = earlier.Value;
            }
        }

        return _broken.TryGetValue(ns, out DateTimeOffset broken) && since < WholeSecondAfter(broken) ? WholeSecondAfter(broken) : since;
    }

    private static DateTimeOffset WholeSecondAfter(DateTimeOffset at) => at.AddTicks(TimeSpan.TicksPerSecond - (at.Ticks % TimeSpan.TicksPerSecond));
}
