using System.Globalization;
using AgentOperator.Api.Runtime;

namespace AgentOperator.Agents.Usage;

/// <summary>Keeps the ConfigMap of an agent's reports small: processes that ended count until their day is over, many of them as one sum.</summary>
internal static class ReportUpkeep
{
    /// <summary>Key of the sum.</summary>
    public const string Folded = "folded";

    /// <summary>Processes that ended today and keep a key each.</summary>
    public const int MaxEnded = 200;

    /// <summary>Characters of all reports, from which on the ended ones are summed in any case; the API server takes 1 MiB.</summary>
    public const int MaxLength = 256 * 1024;

    private const string DayFormat = "yyyy-MM-dd";

    /// <summary>Key of a process: what it calls itself counts within its pod only.</summary>
    public static string KeyOf(string podUid, string instance) => $"{podUid}.{instance}";

    /// <summary>What is to become of the other keys when a process reports; null: the key goes.</summary>
    /// <param name="data">The ConfigMap's.</param>
    /// <param name="own">Key of the process that reports: no other one of its pod runs any more.</param>
    /// <param name="pods">Uids of the agent's pods.</param>
    /// <param name="today">In UTC.</param>
    public static IReadOnlyDictionary<string, string?> Of(IReadOnlyDictionary<string, string> data, string own, IReadOnlySet<string> pods, DateOnly today)
    {
        string day = today.ToString(DayFormat, CultureInfo.InvariantCulture);
        Dictionary<string, string?> changes = new(StringComparer.Ordinal);
        List<(string Key, AgentReport Report)> ended = [];
        foreach ((string key, string text) in data.Where(entry => entry.Key != own && (PodOf(entry.Key) == PodOf(own) || !pods.Contains(PodOf(entry.Key)))))
        {
            if (StoredReport.Read(text)?.Report is not { } report || !Counts(report.Day, today))
            {
                changes[key] = null;
            }
            else if (report.Day == day)
            {
                ended.Add((key, report));
            }
        }

        // The sum itself is one of them.
        if (ended.Count > MaxEnded || (ended.Count > 1 && data.Sum(static entry => (long)entry.Key.Length + entry.Value.Length) > MaxLength))
        {
            foreach ((string key, _) in ended)
            {
                changes[key] = null;
            }

            changes[Folded] = StoredReport.Format(Sum([.. ended.Select(static process => process.Report)], day), null, null);
        }

        return changes;
    }

    /// <summary>Today's do, and those of a pod whose clock is ahead will.</summary>
    private static bool Counts(string day, DateOnly today) =>
        DateOnly.TryParseExact(day, DayFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly told) && (told == today || told == today.AddDays(1));

    private static AgentReport Sum(AgentReport[] reports, string day) => new()
    {
        Instance = Folded,
        Sequence = 0,
        Day = day,
        Calls = Saturating.Sum(reports.Select(static report => report.Calls)),
        Usage = UsageSum.Total(reports.Select(static report => report.Usage)),
    };

    private static string PodOf(string key) => key.Split('.')[0];
}
