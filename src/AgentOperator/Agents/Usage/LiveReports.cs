namespace AgentOperator.Agents.Usage;

/// <summary>What the pods that there are say now: of each its newest report, since a container that started again has one more.</summary>
internal static class LiveReports
{
    /// <param name="reports">Of all processes that are known.</param>
    /// <param name="pods">Names of the pods that there are.</param>
    public static IReadOnlyList<StoredReport> Of(IEnumerable<StoredReport> reports, IReadOnlySet<string> pods) =>
    [
        .. reports.Where(stored => stored.Pod is { } pod && pods.Contains(pod))
            .GroupBy(static stored => stored.Pod, StringComparer.Ordinal)
            .Select(static pod => pod.MaxBy(static stored => (stored.ReceivedAt ?? DateTimeOffset.MinValue, stored.Report.Sequence))!)
            .OrderBy(static stored => stored.Pod, StringComparer.Ordinal),
    ];
}
