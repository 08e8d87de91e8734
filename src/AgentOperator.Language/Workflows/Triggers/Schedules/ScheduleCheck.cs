using AgentOperator.Api.Workflows;
using AgentOperator.Api.Workflows.Triggers;
using AgentOperator.Workflows.Checking;

namespace AgentOperator.Workflows.Triggers.Schedules;

/// <summary>What a schema cannot say about schedules. The operator tells it on the trigger's status and lets the others go on.</summary>
internal static class ScheduleCheck
{
    /// <summary>Why the trigger's schedule cannot be kept, and what to do; null when it can.</summary>
    public static string? Problem(WorkflowTrigger trigger) => Problems("", trigger).FirstOrDefault()?.Message;

    /// <summary>All problems of a definition's schedules.</summary>
    public static IEnumerable<SpecProblem> Problems(WorkflowSpec spec) => (spec.Triggers ?? [])
        .SelectMany(static (trigger, place) => Problems($"spec.triggers[{place}]", trigger).Select(problem => problem with { Message = $"spec.triggers[{trigger.Name}]: {problem.Message}" }));

    private static IEnumerable<SpecProblem> Problems(string path, WorkflowTrigger trigger)
    {
        if (trigger.Cron is null)
        {
            yield break;
        }

        if (CronSchedule.Problem(trigger.Cron) is { } schedule)
        {
            yield return new SpecProblem("InvalidSchedule", schedule, $"{path}.cron");
        }

        if (TimeZones.Find(trigger.TimeZone) is null)
        {
            yield return new SpecProblem("UnknownTimeZone", $"the time zone {trigger.TimeZone} is not known here: write an IANA name such as Europe/Berlin", $"{path}.timeZone");
        }

        if (DurationCheck.Problem("startingDeadline", trigger.StartingDeadline) is { } deadline)
        {
            yield return deadline with { Path = $"{path}.startingDeadline" };
        }
    }
}
