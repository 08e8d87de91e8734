using AgentOperator.Cli.Output;

namespace AgentOperator.Cli.Approvals;

/// <summary>Open gates as a table, those that have waited longest first.</summary>
internal static class GateList
{
    private const int MaxMessage = 60;

    public static IReadOnlyList<GateView> Sort(IEnumerable<GateView> gates) => [.. gates.OrderBy(static gate => gate.OpenedAt?.Value)];

    public static IEnumerable<Line> Lines(IReadOnlyList<GateView> gates, bool withNamespace, DateTimeOffset now) => TextTable.Lines(
        [.. (string[])(withNamespace ? ["NAMESPACE"] : []), "WORKFLOW", "RUN", "GATE", "APPROVED", "WAITING", "DEADLINE", "WHAT"],
        [.. gates.Select(gate => (IReadOnlyList<Span>)[.. (Span[])(withNamespace ? [gate.Namespace] : []), .. Cells(gate, now)])]);

    private static IEnumerable<Span> Cells(GateView gate, DateTimeOffset now) =>
    [
        gate.Workflow,
        gate.Run is { } run ? $"{run}" : "-",
        gate.Visit is { } visit ? $"{gate.Gate} (visit {visit})" : gate.Gate,
        new Span(gate.Progress ?? "-", Tone.Held),
        gate.OpenedAt is { } opened ? Times.Span(now - opened.Value) : "-",
        gate.Deadline is { } deadline ? deadline.Value > now ? $"in {Times.Span(deadline.Value - now)}" : "now" : "-",
        PlainText.Shorten(PlainText.OneLine(gate.Message ?? gate.Missing ?? ""), MaxMessage),
    ];
}
