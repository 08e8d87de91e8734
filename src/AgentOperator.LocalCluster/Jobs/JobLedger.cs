using System.Collections.Immutable;

namespace AgentOperator.Local.Jobs;

/// <summary>What a Job's ended pods came to. Kept in memory: the API server starts empty, so nothing is older than this process.</summary>
/// <param name="Succeeded">Pods that ended well.</param>
/// <param name="Failed">Pods that failed.</param>
/// <param name="Settled">Uids of the pods that are counted.</param>
/// <param name="Spared">Uids of pods that suspension ended: they are not failures.</param>
/// <param name="FailuresInRow">Failures since the last success; they double the delay.</param>
/// <param name="LastFailure">When the last failed pod ended.</param>
internal sealed record JobLedger(
    int Succeeded,
    int Failed,
    ImmutableHashSet<string> Settled,
    ImmutableHashSet<string> Spared,
    int FailuresInRow,
    DateTimeOffset? LastFailure)
{
    /// <summary>What came of the indexes of an Indexed Job.</summary>
    public IndexLedger Indexes { get; init; } = IndexLedger.Empty;

    public static JobLedger Empty { get; } = new(0, 0, [], [], 0, null);

    /// <summary>A pod that ended well.</summary>
    public JobLedger Success(string uid) => this with { Succeeded = Succeeded + 1, Settled = Settled.Add(uid), FailuresInRow = 0, LastFailure = null };

    /// <summary>A pod that failed at a time.</summary>
    public JobLedger Failure(string uid, DateTimeOffset at) => this with
    {
        Failed = Failed + 1,
        Settled = Settled.Add(uid),
        FailuresInRow = FailuresInRow + 1,
        LastFailure = LastFailure is { } last && last > at ? last : at,
    };

    /// <summary>A pod that counts for nothing.</summary>
    public JobLedger Ignored(string uid) => this with { Settled = Settled.Add(uid) };
}
