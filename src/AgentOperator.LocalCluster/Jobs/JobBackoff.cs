namespace AgentOperator.Local.Jobs;

/// <summary>Delay of a replacement after failures: 10 s doubling to ten minutes, not settable, as in kube-controller-manager.</summary>
internal static class JobBackoff
{
    private static readonly TimeSpan Initial = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    /// <summary>Time until a replacement may be created; zero when it may be now.</summary>
    public static TimeSpan Remaining(JobLedger ledger, DateTimeOffset now) => Remaining(ledger.FailuresInRow, ledger.LastFailure, now);

    /// <summary>The same after so many failures, the last of them at a time.</summary>
    public static TimeSpan Remaining(int failures, DateTimeOffset? lastFailure, DateTimeOffset now)
    {
        if (failures == 0 || lastFailure is not { } last)
        {
            return TimeSpan.Zero;
        }

        double factor = Math.Pow(2, Math.Min(failures - 1, 20));
        TimeSpan delay = Initial * factor < Longest ? Initial * factor : Longest;
        TimeSpan remaining = last + delay - now;
        return remaining > TimeSpan.Zero ? remaining : TimeSpan.Zero;
    }
}
