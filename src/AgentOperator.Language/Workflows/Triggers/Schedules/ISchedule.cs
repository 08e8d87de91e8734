namespace AgentOperator.Workflows.Triggers.Schedules;

/// <summary>Times that come again and again.</summary>
internal interface ISchedule
{
    /// <summary>The first time after another one; null when none comes any more.</summary>
    DateTimeOffset? Next(DateTimeOffset after, TimeZoneInfo zone);
}
