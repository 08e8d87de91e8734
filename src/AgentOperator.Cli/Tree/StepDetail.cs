using System.Globalization;
using AgentOperator.Api.Workflows;
using AgentOperator.Cli.Output;
using AgentOperator.Cli.Runs;

namespace AgentOperator.Cli.Tree;

/// <summary>What there is to say of a step behind its name, phase and time.</summary>
internal static class StepDetail
{
    private const int MaxNeeds = 4;

    /// <param name="step">The step.</param>
    /// <param name="now">What moments are told relative to; null for nothing, so that the text changes with the step only.</param>
    public static string Of(StepView step, DateTimeOffset? now) => string.Join("  ", Parts(step, now).Where(static part => part is { Length: > 0 }));

    /// <summary>How long the step has been, or was, under way; nothing before its start.</summary>
    public static string Duration(StepView step, DateTimeOffset now) =>
        step.StartedAt is { } started && (step.FinishedAt is not null || !StepPhases.IsFinal(step.Phase)) ? Times.Span((step.FinishedAt?.Value ?? now) - started.Value) : "";

    private static IEnumerable<string?> Parts(StepView step, DateTimeOffset? now)
    {
        yield return Items(step.Items);
        yield return step.Visit is { } visit ? step.MaxVisits is { } max ? $"visit {visit} of {max}" : $"visit {visit}" : null;
        yield return step.Attempt > 1 ? string.Create(CultureInfo.InvariantCulture, $"attempt {step.Attempt}") : null;
        yield return step.Cost;
        yield return step.ReusedFrom is { } run ? $"taken from run {run}" : null;
        yield return step.Goto is { } target && !StepPhases.IsFinal(step.Phase) ? $"may go back to {target}" : null;
        yield return Why(step, now) ?? Needs(step);
    }

    private static string? Items(ItemCounts? items) => items is null
        ? null
        : $"{items.Succeeded}/{items.Total} items{(items.Failed > 0 ? $", {items.Failed} failed" : "")}{(items.Running > 0 ? $", {items.Running} under way" : "")}";

    private static string? Why(StepView step, DateTimeOffset? now)
    {
        if (step.Waiting is { Reason: WaitingReasons.Dependency } dependency)
        {
            // A single need stands right above.
            return step.Needs.Count > 1 || dependency.Message?.Contains("loop", StringComparison.Ordinal) == true ? dependency.Message : null;
        }

        if (step.Waiting is { } waiting)
        {
            string until = waiting.Until is { } moment ? $" (until {Times.Moment(moment.Value, now)})" : "";
            return $"{waiting.Reason}{(waiting.Message is { Length: > 0 } message ? $": {message}" : "")}{until}";
        }

        string? said = step.Message is { Length: > 0 } ? step.Message : step.ExitCode is { } code and not 0 ? $"exit code {code}" : null;
        return (step.Reason, said) switch
        {
            ({ Length: > 0 } reason, null) => reason,
            ({ Length: > 0 } reason, { } text) => $"{reason}: {text}",
            (_, var text) => text,
        };
    }

    private static string? Needs(StepView step) => step.Needs.Count < 2 || StepPhases.IsFinal(step.Phase)
        ? null
        : $"needs {string.Join(", ", step.Needs.Take(MaxNeeds))}{(step.Needs.Count > MaxNeeds ? $" and {step.Needs.Count - MaxNeeds} more" : "")}";
}
