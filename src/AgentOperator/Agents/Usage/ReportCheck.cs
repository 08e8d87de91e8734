using System.Globalization;
using AgentOperator.Api.Runtime;

namespace AgentOperator.Agents.Usage;

/// <summary>Whether a report is one. What pods send is JSON of anybody's making: it may be null wherever a type says that it is not.</summary>
internal static class ReportCheck
{
    /// <summary>Largest report in bytes: one ConfigMap of 1 MiB holds those of all pods.</summary>
    public const int MaxBytes = 16 * 1024;

    /// <summary>More than a process can use on a day.</summary>
    public const long MaxCount = 1_000_000_000_000;

    private const int MaxInstance = 63;
    private const int MaxServer = 253;
    private const int CurrencyLength = 3;

    /// <summary>What is wrong with a report; null when nothing is.</summary>
    /// <param name="report">As it was read.</param>
    /// <param name="most">Largest count.</param>
    public static string? Problem(AgentReport? report, long most = long.MaxValue) => report switch
    {
        null => "the report is null: send one JSON object",
        _ when report.Instance is not { Length: > 0 and <= MaxInstance } instance || !instance.All(static c => char.IsAsciiLetterOrDigit(c) || c == '-') => $"the report's instance must be 1 to {MaxInstance} letters, digits and hyphens",
        _ when !DateOnly.TryParseExact(report.Day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _) => "the report's day must be a day as 2026-03-01",
        _ when Counts(report).Any(count => count < 0 || count > most) => $"each count of the report must be 0 to {most}",
        _ when report.Usage is { CostMicros: not null, Currency: not { Length: CurrencyLength } } || report.Usage.Currency?.All(char.IsAsciiLetterUpper) == false => "the report's usage.currency must be three capital letters, and be there with costMicros",
        _ when report.Tools.Any(static tools => tools?.Server is not { Length: <= MaxServer } || tools.Names?.Any(static name => name is null) == true) => $"each of the report's tools must have a server of at most {MaxServer} characters, and names that are texts",
        _ when report.ModelProblems.Any(static problem => problem?.Model is null || problem.Message is null) => "each of the report's modelProblems must have a model and a message",
        _ => null,
    };

    private static IEnumerable<long> Counts(AgentReport report) =>
    [
        report.Sequence, report.Calls, report.Usage.Requests, report.Usage.InputTokens, report.Usage.OutputTokens, report.Usage.CachedInputTokens, report.Usage.CostMicros ?? 0, report.Usage.UnpricedRequests,
    ];
}
