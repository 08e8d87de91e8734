using System.Collections.Immutable;

namespace AgentOperator.Local.Jobs;

/// <summary>What came of the indexes of an Indexed Job.</summary>
/// <param name="Succeeded">Indexes with a pod that ended well.</param>
/// <param name="Failed">Indexes that are given up.</param>
/// <param name="Failures">Failures of each index.</param>
/// <param name="LastFailures">When the last failed pod of each index ended.</param>
internal sealed record IndexLedger(
    ImmutableSortedSet<int> Succeeded,
    ImmutableSortedSet<int> Failed,
    ImmutableDictionary<int, int> Failures,
    ImmutableDictionary<int, DateTimeOffset> LastFailures)
{
    public static IndexLedger Empty { get; } = new([], [], ImmutableDictionary<int, int>.Empty, ImmutableDictionary<int, DateTimeOffset>.Empty);

    /// <summary>What still counts when there are so many completions: an elastic Job that shrinks forgets its highest indexes.</summary>
    public IndexLedger Below(int completions) =>
        this with { Succeeded = Succeeded.Except(Succeeded.Where(index => index >= completions)), Failed = Failed.Except(Failed.Where(index => index >= completions)) };

    public IndexLedger Success(int index) => this with { Succeeded = Succeeded.Add(index), Failures = Failures.Remove(index) };

    /// <param name="index">The index.</param>
    /// <param name="at">When its pod ended.</param>
    /// <param name="limit">Failures that it may have; null without a limit of its own.</param>
    /// <param name="isFinal">It is given up whatever the limit.</param>
    public IndexLedger Failure(int index, DateTimeOffset at, int? limit, bool isFinal)
    {
        int failures = Failures.GetValueOrDefault(index) + 1;
        bool isGivenUp = isFinal || failures > limit;
        return this with { Failures = Failures.SetItem(index, failures), LastFailures = LastFailures.SetItem(index, at), Failed = isGivenUp ? Failed.Add(index) : Failed };
    }
}
