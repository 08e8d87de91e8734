using AgentOperator.Api.Schema;
using AgentOperator.Kube.Models;

namespace AgentOperator.Api.Workflows.Triggers;

/// <summary>What starts a run of a definition: a schedule, a webhook or a topic. Each of its events becomes one Workflow, once.</summary>
[CelRule("[has(self.cron), has(self.webhook), has(self.topic)].filter(kind, kind).size() == 1", "a trigger has exactly one source: set one of cron, webhook and topic")]
[CelRule("has(self.cron) || !(has(self.timeZone) || has(self.startingDeadline) || has(self.missedRuns))", "timeZone, startingDeadline and missedRuns belong to a schedule: remove them, or set cron")]
[CelRule("self.name != 'apply'", "apply is what a run on apply is called: choose another name", FieldPath = ".name")]
public sealed record WorkflowTrigger
{
    /// <summary>Name, unique in the workflow; a DNS label. It is part of the webhook's address and of the names of runs.</summary>
    [Bounds(1, 40)]
    [Pattern("^[a-z0-9]([-a-z0-9]*[a-z0-9])?$", Message = "a trigger's name is a DNS label: lower-case letters, digits and hyphens, with a letter or digit at both ends, such as nightly")]
    public required string Name { get; init; }

    /// <summary>A schedule: minute, hour, day of month, month, day of week, such as <c>30 3 * * MON-FRI</c>; or @hourly, @daily, @weekly, @monthly, @yearly.
    /// As in Kubernetes, days are those of either field where both are restricted. <c>L</c> is the month's last day, <c>15W</c> the weekday nearest to the 15th, <c>FRIL</c> the last Friday, <c>MON#2</c> the second Monday.</summary>
    [Bounds(1, 256)]
    [Pattern("^(@[a-zA-Z]+|[^ ]+( +[^ ]+){4})$", Message = "a schedule has five fields, minute hour day-of-month month day-of-week, such as 30 3 * * MON-FRI; or it is one of @hourly, @daily, @weekly, @monthly and @yearly")]
    public string? Cron { get; init; }

    /// <summary>IANA time zone of the schedule, <c>Europe/Berlin</c>; UTC if absent.</summary>
    [Bounds(1, 64)]
    [Pattern("^[A-Za-z0-9_+-]+(/[A-Za-z0-9_+-]+)*$", Message = "a time zone is named as in the IANA database, such as Europe/Berlin or UTC")]
    public string? TimeZone { get; init; }

    /// <summary>How late a scheduled run may start, <c>10m</c>; a time that is further in the past is missed for good. No limit if absent.</summary>
    [CelRule("duration(self) >= duration('1s')", "startingDeadline must be at least 1s")]
    public Duration? StartingDeadline { get; init; }

    /// <summary>What becomes of scheduled times that passed while nobody looked: the last one runs, all of them, or none; Last if absent.</summary>
    [OneOf(MissedRunPolicies.Last, MissedRunPolicies.All, MissedRunPolicies.Skip)]
    public string? MissedRuns { get; init; }

    /// <summary>HTTP requests, signed by who sends them.</summary>
    public WebhookTrigger? Webhook { get; init; }

    /// <summary>Messages of a topic, by Dapr.</summary>
    public TopicTrigger? Topic { get; init; }

    /// <summary>CEL over <c>event</c>: only events for which it is true start a run, such as <c>event.body.action == 'opened'</c>.</summary>
    [Bounds(1, 4096)]
    public string? When { get; init; }

    /// <summary>Values for params, which may hold <c>{{ event.… }}</c>; those that are not named here keep the definition's.</summary>
    [ListMap("name")]
    [Bounds(0, 50)]
    public IReadOnlyList<ParameterValue>? Params { get; init; }
}
