using AgentOperator.Api.Workflows;
using AgentOperator.Cli.Output;
using AgentOperator.Cli.Runs;

namespace AgentOperator.Cli.Tree;

/// <summary>A run as lines: with glyphs and branches on a terminal, with words and indentation elsewhere.</summary>
internal sealed class RunLines(bool isRich, DateTimeOffset now)
{
    private const int MaxNameWidth = 60;

    private const int PhaseWidth = 12;

    private const int TimeWidth = 8;

    private readonly List<(string Lead, StepView? Step)> _rows = [];

    /// <summary>All of the run.</summary>
    public static IReadOnlyList<Line> Of(RunView run, bool isRich, DateTimeOffset now) => new RunLines(isRich, now).All(run);

    /// <summary>In so many lines: of what does not fit, what has ended well goes first, then what has not begun.</summary>
    public static IReadOnlyList<Line> Fit(RunView run, bool isRich, DateTimeOffset now, int height)
    {
        RunLines lines = new(isRich, now);
        lines.Add(run, "");
        if (lines._rows.Count + Head(run, now, isRich).Count <= height)
        {
            return lines.Render(run);
        }

        int left = Math.Max(1, height - Head(run, now, isRich).Count - 1);
        HashSet<(string, StepView?)> kept = [.. lines._rows.OrderBy(static row => Importance(row.Step)).Take(left)];
        int hidden = lines._rows.Count - kept.Count;
        lines._rows.RemoveAll(row => !kept.Contains(row));
        return [.. lines.Render(run), new Line(new Span($"… {hidden} more: run without --watch to see all", Tone.Dim))];
    }

    private static int Importance(StepView? step) => step?.Phase switch
    {
        StepPhases.Failed or StepPhases.Errored => 0,
        StepPhases.Running or StepPhases.Starting => 1,
        StepPhases.Waiting => 2,
        null or StepPhases.Pending => 3,
        _ => 4,
    };

    private IReadOnlyList<Line> All(RunView run)
    {
        Add(run, "");
        return Render(run);
    }

    private IReadOnlyList<Line> Render(RunView run)
    {
        int width = Math.Min(MaxNameWidth, _rows.Where(static row => row.Step is not null).Select(row => Name(row).Length).DefaultIfEmpty(0).Max());
        return [.. Head(run, now, isRich), .. _rows.Select(row => Row(row, width))];
    }

    private static List<Line> Head(RunView run, DateTimeOffset now, bool isRich)
    {
        List<Span> title =
        [
            new($"workflow/{run.Name}", Tone.Strong),
            new(run.Run is { } number ? $"  run {number}" : ""),
            new($"  {(isRich ? PhaseMark.Glyph(run.Phase) + " " : "")}{run.Phase}", PhaseMark.Tone(run.Phase)),
            new(run.Progress is { } progress ? $"  {progress}" : ""),
            new(run.StartedAt is { } started ? $"  {Times.Span((run.FinishedAt?.Value ?? now) - started.Value)}" : ""),
            new(run.Cost is { } cost ? $"  {cost}" : ""),
            new(run.RerunOf is { } earlier ? $"  rerun of {earlier}" : "", Tone.Dim),
        ];
        List<Line> lines = [new Line(title)];
        if (run.Message is { Length: > 0 } message)
        {
            lines.Add(new Line(new Span(message, run.IsStalled ? Tone.Bad : Tone.Dim)));
        }

        if (run.IsBehind)
        {
            lines.Add(new Line(new Span(run.Run is null ? "the operator has not taken it up yet" : "a change of the spec has not been taken up yet", Tone.Held)));
        }

        return lines;
    }

    private void Add(RunView run, string lead)
    {
        Add(run.Steps, lead);
        AddSection("compensation", run.Compensations, lead);
        AddSection("finally", run.Finally, lead);
    }

    private void AddSection(string title, IReadOnlyList<StepView> steps, string lead)
    {
        if (steps.Count > 0)
        {
            _rows.Add(($"{lead}{title}", null));
            Add(steps, lead + "  ");
        }
    }

    private void Add(IReadOnlyList<StepView> steps, string lead)
    {
        foreach (StepTreeRow row in StepTree.Rows(steps))
        {
            _rows.Add((lead + Branches(row, isBelow: false), row.Step));
            if (row.Step.Workflow is { } nested)
            {
                Add(nested, $"{lead}{Branches(row, isBelow: true)}  ");
            }
        }
    }

    private string Branches(StepTreeRow row, bool isBelow) => string.Concat(row.Levels.Select((isLast, level) => (isRich, row.IsBranch && !isBelow && level == row.Levels.Count - 1) switch
    {
        (false, _) => "  ",
        (_, true) => isLast ? "└─ " : "├─ ",
        _ => isLast ? "   " : "│  ",
    }));

    private string Name((string Lead, StepView? Step) row) => isRich ? $"{row.Lead}{PhaseMark.Glyph(row.Step!.Phase)} {row.Step.Name}" : $"{row.Lead}{row.Step!.Name}";

    private Line Row((string Lead, StepView? Step) row, int width)
    {
        if (row.Step is not { } step)
        {
            return new Line(new Span(row.Lead, Tone.Strong));
        }

        Tone tone = PhaseMark.Tone(step.Phase);
        int padding = Math.Max(0, width - Name(row).Length) + 2;
        return new Line(
        [
            new Span(row.Lead, Tone.Dim),
            new Span(isRich ? $"{PhaseMark.Glyph(step.Phase)} " : "", tone),
            new Span(step.Name + new string(' ', padding)),
            new Span(step.Phase.PadRight(PhaseWidth), tone),
            new Span(StepDetail.Duration(step, now).PadRight(TimeWidth)),
            new Span(StepDetail.Of(step, now), StepPhases.IsFailure(step.Phase) ? Tone.Bad : step.Phase == StepPhases.Waiting ? Tone.Held : Tone.Dim),
        ]);
    }
}
