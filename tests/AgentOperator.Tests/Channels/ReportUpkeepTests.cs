using AgentOperator.Agents.Usage;
using AgentOperator.Api.Agents;
using AgentOperator.Api.Runtime;
using AgentOperator.Kube.Models.Core;

namespace AgentOperator.Tests.Channels;

public sealed class ReportUpkeepTests
{
    private const string Yesterday = "2026-04-30";
    private const string Today = "2026-05-01";
    private static readonly DateOnly Day = new(2026, 5, 1);

    [Fact]
    public void Keys_of_one_pod_cannot_be_taken_by_another() => ReportUpkeep.KeyOf("u1", "a").ShouldNotBe(ReportUpkeep.KeyOf("u2", "a"));

    [Fact]
    public void What_ended_goes_when_its_day_is_over_and_what_runs_stays()
    {
        Dictionary<string, string> data = new()
        {
            ["live.a"] = Text(Yesterday, 1),
            ["gone.a"] = Text(Yesterday, 1),
            ["gone.b"] = Text(Today, 1),
            ["own.old"] = Text(Yesterday, 1),
            ["own.today"] = Text(Today, 1),
            ["own.new"] = Text(Yesterday, 1),
            ["gone.c"] = "no report",
            ["gone.d"] = Text("2099-01-01", 1),
            [ReportUpkeep.Folded] = Text(Yesterday, 1),
        };

        IReadOnlyDictionary<string, string?> changes = ReportUpkeep.Of(data, "own.new", new HashSet<string> { "own", "live" }, Day);

        changes.Keys.Order(StringComparer.Ordinal).ShouldBe(["folded", "gone.a", "gone.c", "gone.d", "own.old"]);
        changes.Values.ShouldAllBe(static value => value == null);
    }

    [Fact]
    public void Many_that_ended_today_become_one_sum_that_counts_the_same_and_then_grows()
    {
        Dictionary<string, string> data = Enumerable.Range(0, ReportUpkeep.MaxEnded + 1).ToDictionary(static index => $"gone{index}.a", static index => Text(Today, 1, index % 2 == 0 ? "USD" : "EUR"));
        data["live.a"] = Text(Today, 10);

        Dictionary<string, string> once = Tidied(data);
        Dictionary<string, string> more = new(once.Where(static entry => entry.Key != "own.a"), StringComparer.Ordinal);
        foreach (int index in Enumerable.Range(1000, ReportUpkeep.MaxEnded))
        {
            more[$"gone{index}.a"] = Text(Today, 1);
        }

        once.Keys.Order(StringComparer.Ordinal).ShouldBe(["folded", "live.a"]);
        Usage(once).ShouldBe(Usage(data));
        Dictionary<string, string> twice = Tidied(more);
        twice.Count.ShouldBe(2);
        Usage(twice).ShouldBe(Usage(more));
        Usage(twice).Calls.ShouldBe((2 * ReportUpkeep.MaxEnded) + 11);
    }

    [Fact]
    public void Few_that_ended_are_left_alone_until_they_are_large()
    {
        Dictionary<string, string> small = new() { ["gone1.a"] = Text(Today, 1), ["gone2.a"] = Text(Today, 1) };
        ReportUpkeep.Of(small, "own.a", new HashSet<string> { "own" }, Day).ShouldBeEmpty();

        Dictionary<string, string> large = Enumerable.Range(0, 20).ToDictionary(static index => $"gone{index}.a", static _ => Text(Today, 1, problem: new string('x', 15 * 1024)));
        Tidied(large).Keys.ShouldBe(["folded"]);
    }

    [Fact]
    public void Of_a_pod_that_started_again_only_the_newest_process_speaks_for_it()
    {
        StoredReport Report(string instance, string pod, int minute, long sequence) =>
            new(new AgentReport { Instance = instance, Sequence = sequence, Day = Today }, pod, new DateTimeOffset(2026, 5, 1, 12, minute, 0, TimeSpan.Zero));

        LiveReports.Of([Report("old", "p1", 1, 90), Report("new", "p1", 2, 1), Report("other", "p2", 1, 1), Report("ended", "p3", 5, 1)], new HashSet<string> { "p1", "p2" })
            .Select(static stored => stored.Report.Instance).ShouldBe(["new", "other"]);
    }

    private static Dictionary<string, string> Tidied(Dictionary<string, string> data)
    {
        Dictionary<string, string> tidied = new(data, StringComparer.Ordinal);
        foreach ((string key, string? value) in ReportUpkeep.Of(data, "own.a", new HashSet<string> { "own", "live" }, Day))
        {
            if (value is null)
            {
                tidied.Remove(key);
            }
            else
            {
                tidied[key] = value;
            }
        }

        return tidied;
    }

    private static AgentUsage Usage(Dictionary<string, string> data) => UsageSum.Of(StoredReport.Read(new ConfigMap { Data = data }), Day)!;

    private static string Text(string day, long calls, string currency = "USD", string? problem = null) => StoredReport.Format(
        new AgentReport
        {
            Instance = "a",
            Sequence = 1,
            Day = day,
            Calls = calls,
            Usage = new UsageReport { Requests = calls, InputTokens = 100, OutputTokens = 5, CostMicros = 7, Currency = currency, UnpricedRequests = 1 },
            ModelProblems = problem is null ? [] : [new ModelProblem { Model = "p/m", Message = problem }],
        },
        "pod",
        null);
}
