using System.Globalization;
using AgentOperator.Api.Agents;
using AgentOperator.Api.Prices;
using AgentOperator.Api.Runtime;

namespace AgentOperator.Agents.Usage;

/// <summary>What an agent used on a day: the sum over its processes, each of which counts for itself.</summary>
internal static class UsageSum
{
    /// <summary>The day's sum; null when no process has ever told anything.</summary>
    /// <param name="reports">The newest of each process, of any day.</param>
    /// <param name="today">In UTC.</param>
    public static AgentUsage? Of(IReadOnlyList<StoredReport> reports, DateOnly today)
    {
        if (reports is [])
        {
            return null;
        }

        string day = today.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        AgentReport[] ofToday = [.. reports.Select(static stored => stored.Report).Where(report => report.Day == day)];
        UsageReport total = Total(ofToday.Select(static report => report.Usage));
        return new AgentUsage
        {
            Day = day,
            Calls = Saturating.Sum(ofToday.Select(static report => report.Calls)),
            Requests = total.Requests,
            Tokens = Saturating.Sum([total.InputTokens, total.OutputTokens]),
            InputTokens = total.InputTokens,
            OutputTokens = total.OutputTokens,
            CostMicros = total.CostMicros,
            Currency = total.Currency,
            Cost = total is { CostMicros: { } micros, Currency: { } currency } ? Money.Format(micros, currency) : null,
            UnpricedRequests = total.UnpricedRequests == 0 ? null : total.UnpricedRequests,
        };
    }

    /// <summary>All together. Two currencies are only there while a catalogue changes: the cost is that of one, and the rest says that it is in no cost.</summary>
    public static UsageReport Total(IEnumerable<UsageReport> usages)
    {
        UsageReport[] all = [.. usages];
        string? currency = all.Where(static usage => usage.CostMicros is not null).Select(static usage => usage.Currency).Order(StringComparer.Ordinal).FirstOrDefault();
        UsageReport[] priced = [.. all.Where(usage => usage.CostMicros is not null && usage.Currency == currency)];
        IEnumerable<UsageReport> others = all.Where(usage => usage.CostMicros is not null && usage.Currency != currency);
        return new UsageReport
        {
            Requests = Saturating.Sum(all.Select(static usage => usage.Requests)),
            InputTokens = Saturating.Sum(all.Select(static usage => usage.InputTokens)),
            OutputTokens = Saturating.Sum(all.Select(static usage => usage.OutputTokens)),
            CachedInputTokens = Saturating.Sum(all.Select(static usage => usage.CachedInputTokens)),
            CostMicros = priced is [] ? null : Saturating.Sum(priced.Select(static usage => usage.CostMicros!.Value)),
            Currency = priced is [] ? null : currency,
            UnpricedRequests = Saturating.Sum([.. all.Select(static usage => usage.UnpricedRequests), .. others.Select(static usage => usage.Requests)]),
        };
    }
}
