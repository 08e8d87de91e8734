using System.Text.Json;
using AgentOperator.Agents.Usage;
using AgentOperator.Api.Agents;
using AgentOperator.Api.Runtime;
using AgentOperator.Kube.Models.Core;

namespace AgentOperator.Tests.Agents;

public sealed class UsageTests
{
    private static readonly DateOnly Today = new(2026, 5, 1);

    [Fact]
    public void The_day_is_the_sum_of_its_processes_and_of_no_other_day()
    {
        AgentUsage usage = UsageSum.Of([Report("a", calls: 2, input: 100, cost: 300_000), Report("b", calls: 1, input: 10, cost: 120_000), Report("c", calls: 9, day: "2026-04-30")], Today)!;

        (usage.Day, usage.Calls, usage.Requests, usage.InputTokens, usage.OutputTokens, usage.Tokens).ShouldBe(("2026-05-01", 3, 2, 110, 10, 120));
        (usage.CostMicros, usage.Currency).ShouldBe((420_000, "USD"));
        usage.Cost.ShouldBe("0.42 USD");
        usage.UnpricedRequests.ShouldBeNull();
    }

    [Fact]
    public void Calls_without_a_price_are_in_no_cost_and_counted()
    {
        AgentUsage usage = UsageSum.Of([Report("a", calls: 1, unpriced: 1)], Today)!;

        (usage.CostMicros, usage.Cost, usage.UnpricedRequests).ShouldBe((null, null, 1));
    }

    [Fact]
    public void A_report_that_comes_twice_changes_nothing() => UsageSum.Of(StoredReport.Read(Map("a", Report("a", calls: 2))), Today)!.Calls.ShouldBe(2);

    [Fact]
    public void Nothing_told_is_nothing() => UsageSum.Of([], Today).ShouldBeNull();

    [Fact]
    public void A_report_that_cannot_be_read_takes_none_of_the_others()
    {
        ConfigMap map = Map("a", Report("a", calls: 2));

        StoredReport stored = StoredReport.Read(map with { Data = new Dictionary<string, string>(map.Data!) { ["b"] = "{", ["c"] = "[]", ["d"] = """{"sequence":1}""" } }).ShouldHaveSingleItem();

        (stored.Report.Instance, stored.Pod).ShouldBe(("a", "reviewer-1"));
    }

    [Fact]
    public void Tools_are_those_of_all_pods_with_their_problems()
    {
        DiscoveredTools[] tools =
        [
            .. ToolUnion.Of(
            [
                Report("a", tools: [new DiscoveredTools { Server = "github", Names = ["get_diff"] }]),
                Report("b", tools: [new DiscoveredTools { Server = "github", Names = ["get_diff", "post"] }, new DiscoveredTools { Server = "files", Problem = "no answer" }]),
            ])!,
        ];

        tools.Select(static server => $"{server.Server}: {string.Join(',', server.Names!)} {server.Problem}".Trim()).ShouldBe(["files:  no answer", "github: get_diff,post"]);
        ToolUnion.Of([Report("a")]).ShouldBeNull();
    }

    [Theory]
    [InlineData(0, null, "Unknown NotAsked")]
    [InlineData(0, true, "True Answered")]
    [InlineData(1, true, "True SomeFail")]
    [InlineData(2, true, "False ModelsFail")]
    [InlineData(2, null, "False ModelsFail")]
    public void Models_are_reachable_as_long_as_one_answers(int failing, bool? reached, string expected)
    {
        StoredReport report = Report("a", problems: [.. Enumerable.Range(0, failing).Select(static index => new ModelProblem { Model = $"p/m{index}", Message = "401" })], reached: reached);

        var state = ModelReach.Of(2, [report]);

        $"{state.Status} {state.Reason}".ShouldBe(expected);
        state.Message.ShouldContain(failing > 0 ? "p/m0: 401" : "model");
    }

    [Theory]
    [InlineData(true, "True SomeFail")]
    [InlineData(null, "False ModelsFail")]
    public void Pods_that_fail_are_named_while_another_reaches_its_models(bool? other, string expected)
    {
        StoredReport failing = Report("a", problems: [new ModelProblem { Model = "p/m", Message = "401" }], reached: true) with { Pod = "reviewer-2" };

        var state = ModelReach.Of(1, [Report("b", reached: other), failing]);

        $"{state.Status} {state.Reason}".ShouldBe(expected);
        state.Message.ShouldBe(other is null ? "p/m: 401" : "no model answers pod reviewer-2: p/m: 401");
    }

    private static ConfigMap Map(string key, StoredReport report)
    {
        string text = JsonSerializer.Serialize(report.Report, RuntimeJsonContext.Default.AgentReport);
        return new ConfigMap { Data = new Dictionary<string, string> { [key] = text[..^1] + ""","pod":"reviewer-1","receivedAt":"2026-05-01T12:00:00Z"}""" } };
    }

    private static StoredReport Report(string instance, long calls = 0, long input = 0, long? cost = null, long unpriced = 0, string day = "2026-05-01", IReadOnlyList<DiscoveredTools>? tools = null, IReadOnlyList<ModelProblem>? problems = null, bool? reached = null) =>
        new(
            new AgentReport
            {
                Instance = instance,
                Sequence = 1,
                Day = day,
                Calls = calls,
                Usage = new UsageReport { Requests = 1, InputTokens = input, OutputTokens = 5, CostMicros = cost, Currency = cost is null ? null : "USD", UnpricedRequests = unpriced },
                Tools = tools ?? [],
                ModelProblems = problems ?? [],
                IsModelReached = reached,
            },
            "reviewer-1");
}
