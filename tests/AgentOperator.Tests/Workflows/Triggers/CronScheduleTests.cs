using System.Globalization;
using AgentOperator.Workflows.Triggers.Schedules;
using FsCheck;
using FsCheck.Fluent;

namespace AgentOperator.Tests.Workflows.Triggers;

public sealed class CronScheduleTests
{
    [Theory]
    [InlineData("*/15 * * * *", "2026-05-01T12:00:00Z", "2026-05-01T12:15:00Z")]
    [InlineData("*/15 * * * *", "2026-05-01T12:14:59.999Z", "2026-05-01T12:15:00Z")]
    [InlineData("30 3 * * MON-FRI", "2026-05-01T12:00:00Z", "2026-05-04T03:30:00Z")]
    [InlineData("0 0 29 2 *", "2026-05-01T12:00:00Z", "2028-02-29T00:00:00Z")]
    [InlineData("0 0 29 2 *", "2096-03-01T00:00:00Z", "2104-02-29T00:00:00Z")]
    [InlineData("0 12 L * *", "2026-02-01T00:00:00Z", "2026-02-28T12:00:00Z")]
    [InlineData("0 12 L-2 * *", "2026-02-01T00:00:00Z", "2026-02-26T12:00:00Z")]
    [InlineData("0 12 15W * *", "2026-08-01T00:00:00Z", "2026-08-14T12:00:00Z")]
    [InlineData("0 12 1W * *", "2026-08-01T00:00:00Z", "2026-08-03T12:00:00Z")]
    [InlineData("0 12 LW * *", "2026-05-01T00:00:00Z", "2026-05-29T12:00:00Z")]
    [InlineData("0 12 * * FRIL", "2026-05-01T13:00:00Z", "2026-05-29T12:00:00Z")]
    [InlineData("0 12 * * mon#2", "2026-05-01T00:00:00Z", "2026-05-11T12:00:00Z")]
    [InlineData("0 12 * * 7", "2026-05-01T00:00:00Z", "2026-05-03T12:00:00Z")]
    [InlineData("0 12 * * 5-7", "2026-05-02T13:00:00Z", "2026-05-03T12:00:00Z")]
    [InlineData("0 12 13 * FRI", "2026-05-01T13:00:00Z", "2026-05-08T12:00:00Z")]
    [InlineData("10/20 8 * * *", "2026-05-01T08:10:00Z", "2026-05-01T08:30:00Z")]
    [InlineData("0 0 1 jan,JUL ?", "2026-05-01T00:00:00Z", "2026-07-01T00:00:00Z")]
    [InlineData("@hourly", "2026-05-01T12:00:00Z", "2026-05-01T13:00:00Z")]
    [InlineData("@daily", "2026-05-01T12:00:00Z", "2026-05-02T00:00:00Z")]
    [InlineData("@weekly", "2026-05-01T12:00:00Z", "2026-05-03T00:00:00Z")]
    [InlineData("@monthly", "2026-05-01T12:00:00Z", "2026-06-01T00:00:00Z")]
    [InlineData("@yearly", "2026-05-01T12:00:00Z", "2027-01-01T00:00:00Z")]
    public void The_next_time_is_the_first_that_every_field_allows(string cron, string after, string expected) => Next(cron, after, "UTC").ShouldBe(Time(expected));

    [Theory]
    [InlineData("30 2 * * *", "2026-03-28T12:00:00Z", "2026-03-29T01:00:00Z")] // 02:30 is skipped: 03:00 CEST is the first moment after.
    [InlineData("30 2 * * *", "2026-03-29T01:00:00Z", "2026-03-30T00:30:00Z")]
    [InlineData("15,45 2 * * *", "2026-03-29T01:00:00Z", "2026-03-30T00:15:00Z")] // Both were skipped, and ran as one.
    [InlineData("30 2 * * *", "2026-10-24T12:00:00Z", "2026-10-25T00:30:00Z")] // The first of the two 02:30.
    [InlineData("30 2 * * *", "2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z")]
    [InlineData("30 2 * * *", "2026-10-25T01:10:00Z", "2026-10-26T01:30:00Z")] // Between the two.
    [InlineData("0 * * * *", "2026-03-29T00:00:00Z", "2026-03-29T01:00:00Z")]
    [InlineData("30 * * * *", "2026-03-29T00:30:00Z", "2026-03-29T01:30:00Z")]
    [InlineData("0 * * * *", "2026-10-25T00:00:00Z", "2026-10-25T01:00:00Z")] // 02:00 comes twice, an hour apart.
    [InlineData("*/30 * * * *", "2026-10-25T00:30:00Z", "2026-10-25T01:00:00Z")]
    [InlineData("0 9 * * *", "2026-03-28T12:00:00Z", "2026-03-29T07:00:00Z")]
    [InlineData("0 9 * * *", "2026-10-24T12:00:00Z", "2026-10-25T08:00:00Z")]
    public void Where_clocks_change_nothing_is_lost_and_nothing_runs_twice(string cron, string after, string expected) => Next(cron, after, "Europe/Berlin").ShouldBe(Time(expected));

    [Fact]
    public void A_change_by_half_an_hour_and_one_at_midnight_are_changes_too()
    {
        Next("15 2 * * *", "2026-10-03T12:00:00Z", "Australia/Lord_Howe").ShouldBe(Time("2026-10-03T15:30:00Z")); // 02:15 is skipped: 02:30.
        Next("30 0 * * *", "2026-04-23T12:00:00Z", "Africa/Cairo").ShouldBe(Time("2026-04-23T22:00:00Z")); // 24 April has no 00:30: 01:00 is first.
    }

    [Theory]
    [InlineData("* * * *", "\"* * * *\" has 4 fields: write five, minute hour day-of-month month day-of-week")]
    [InlineData("60 * * * *", "minute \"60\" cannot be read: write 0 to 59, a range such as 0-2, a step such as */2, or a list of those with commas")]
    [InlineData("* * * FOO *", "month \"FOO\" cannot be read: write 1 to 12, JAN to DEC, a range such as 1-3, a step such as */2, or a list of those with commas")]
    [InlineData("0 20-6 * * *", "hour \"20-6\" goes backwards: write two ranges with a comma between them")]
    [InlineData("*/0 * * * *", "minute \"*/0\" cannot be read: write 0 to 59, a range such as 0-2, a step such as */2, or a list of those with commas")]
    [InlineData("0 0 30 2 *", "\"0 0 30 2 *\" names a day that never comes: correct day of month or month")]
    [InlineData("@often", "\"@often\" is not known: write @hourly, @daily, @weekly, @monthly or @yearly, or five fields")]
    [InlineData("0 0 * * MON#6", "day of week \"MON#6\" cannot be read: write 0 to 7, SUN to SAT, a range such as 0-2, a step such as */2, or a list of those with commas")]
    [InlineData("0 0 , * *", "day of month \"\" cannot be read: write 1 to 31, a range such as 1-3, a step such as */2, or a list of those with commas")]
    public void What_cannot_be_read_says_what_to_write(string cron, string message) => Should.Throw<FormatException>(() => CronSchedule.Parse(cron)).Message.ShouldBe(message);

    /// <summary>Against the definition itself, minute by minute.</summary>
    [Fact]
    public void Where_no_clock_changes_the_next_time_is_the_first_minute_that_matches() => Prop.ForAll(Arb.From(Gen.Choose(0, int.MaxValue)), static seed =>
    {
        Random random = new(seed);
        int[] minutes = [.. Enumerable.Range(0, 3).Select(_ => random.Next(60))];
        int[] hours = [.. Enumerable.Range(0, 2).Select(_ => random.Next(24))];
        int weekday = random.Next(7);
        CronSchedule schedule = CronSchedule.Parse($"{string.Join(',', minutes)} {string.Join(',', hours)} * * {weekday}");
        DateTimeOffset after = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddSeconds(random.Next(100_000_000));
        DateTimeOffset expected = new DateTimeOffset(after.Ticks - (after.Ticks % TimeSpan.TicksPerMinute), TimeSpan.Zero).AddMinutes(1);
        while (!minutes.Contains(expected.Minute) || !hours.Contains(expected.Hour) || (int)expected.DayOfWeek != weekday)
        {
            expected = expected.AddMinutes(1);
        }

        schedule.Next(after, TimeZoneInfo.Utc).ShouldBe(expected);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(200));

    /// <summary>In every zone and year: a daily time comes once a day, and every quarter of an hour comes each quarter of an hour.</summary>
    [Theory]
    [InlineData("Europe/Berlin")]
    [InlineData("America/New_York")]
    [InlineData("Australia/Lord_Howe")]
    [InlineData("America/Sao_Paulo")]
    [InlineData("Asia/Kolkata")]
    public void A_year_has_a_daily_run_for_each_day_and_no_gap_in_a_steady_one(string zone)
    {
        TimeZoneInfo local = TimeZoneInfo.FindSystemTimeZoneById(zone);
        CronSchedule daily = CronSchedule.Parse("30 2 * * *");
        DateTimeOffset at = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
        HashSet<DateOnly> days = [];
        for (int i = 0; i < 365; i++)
        {
            at = daily.Next(at, local)!.Value;
            days.Add(DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, local).DateTime)).ShouldBeTrue($"{at:O}");
        }

        CronSchedule steady = CronSchedule.Parse("*/15 * * * *");
        at = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        for (int i = 0; i < 4 * 24 * 365; i++)
        {
            DateTimeOffset next = steady.Next(at, local)!.Value;
            (next - at).ShouldBe(TimeSpan.FromMinutes(15), $"after {at:O}");
            at = next;
        }
    }

    private static DateTimeOffset? Next(string cron, string after, string zone) => CronSchedule.Parse(cron).Next(Time(after), TimeZoneInfo.FindSystemTimeZoneById(zone));

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
