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

        string day = today.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        AgentReport[] ofToday = [.. reports.Select(static stored => stored.Report).Where(report => report.Day == day)];
        UsageReport[] usages = [.. ofToday.Select(static report => report.Usage)];

        // Two currencies are only there while a catalogue changes: the cost is that of one, and the rest says that it is in no cost.
        string? currency = usages.Where(static usage => usage.CostMicros is not null).Select(static usage => usage.Currency).Order(StringComparer.Ordinal).FirstOrDefault();
        UsageReport[] priced = [.. usages.Where(usage => usage.CostMicros is not null && usage.Currency == currency)];
        long? cost = priced is [] ? null : priced.Sum(static usage => usage.CostMicros!.Value);
        long unpriced = usages.Sum(static usage => usage.UnpricedRequests) + usages.Where(usage => usage.CostMicros is not null && usage.Currency != currency).Sum(static usage => usage.Requests);
        long input = usages.Sum(static usage => usage.InputTokens);
        long output = usages.Sum(static usage => usage.OutputTokens);
        return new AgentUsage
        {
            Day = day,
            Calls = ofToday.Sum(static report => report.Calls),
            Requests = usages.Sum(static usage => usage.Requests),
            Tokens = input + output,
            InputTokens = input,
            OutputTokens = output,
            CostMicros = cost,
            Currency = cost is null ? null : currency,
            Cost = cost is { } micros && currency is not null ? Money.Format(micros, currency) : null,
            UnpricedRequests = unpriced == 0 ? null : unpriced,
        };
    }
}
