namespace AgentOperator.Workflows.Triggers.Schedules;

/// <summary>Time zones by their IANA name, as the machine has them.</summary>
internal static class TimeZones
{
    /// <summary>UTC for no name; null for one that is not known.</summary>
    public static TimeZoneInfo? Find(string? name) => name is null ? TimeZoneInfo.Utc : TimeZoneInfo.TryFindSystemTimeZoneById(name, out TimeZoneInfo? zone) ? zone : null;
}
