using System.Globalization;
using AgentOperator.Api.Workflows;
using AgentOperator.Cli.Output;
using AgentOperator.Cli.Runs;

namespace AgentOperator.Cli.Tree;

/// <summary>Workflows as a table, those under way first.</summary>
internal static class RunList
{
    public static IReadOnlyList<RunView> Sort(IEnumerable<RunView> runs) =>
    [
        .. runs.OrderBy(static run => WorkflowPhases.IsFinal(run.Phase))
            .ThenByDescending(static run => run.FinishedAt?.Value ?? run.StartedAt?.Value ?? default)
            .ThenBy(static run => run.Namespace, StringComparer.Ordinal)
            .ThenBy(static run => run.Name, StringComparer.Ordinal),
    ];

    public static IEnumerable<Line> Lines(IReadOnlyList<RunView> runs, bool withNamespace, DateTimeOffset now) => TextTable.Lines(
        [.. (string[])(withNamespace ? ["NAMESPACE"] : []), "NAME", "RUN", "PHASE", "PROGRESS", "DURATION", "COST", "WAITING"],
        [.. runs.Select(run => (IReadOnlyList<Span>)[.. (Span[])(withNamespace ? [run.Namespace] : []), .. Cells(run, now)])]);

    private static IEnumerable<Span> Cells(RunView run, DateTimeOffset now) =>
    [
        run.Name,
        run.Run?.ToString(CultureInfo.InvariantCulture) ?? "-",
        new Span(run.Phase, PhaseMark.Tone(run.Phase)),
        run.Progress ?? "-",
        run.StartedAt is { } started ? Times.Span((run.FinishedAt?.Value ?? now) - started.Value) : "-",
        run.Cost ?? "-",
        run.Waiting ?? (run.IsStalled ? run.Message ?? "" : ""),
    ];
}
