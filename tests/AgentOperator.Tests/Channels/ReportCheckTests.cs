using System.Text.Json;
using AgentOperator.Agents.Usage;
using AgentOperator.Api.Runtime;
using AgentOperator.Kube.Models.Core;

namespace AgentOperator.Tests.Channels;

public sealed class ReportCheckTests
{
    private const string Good = """ "instance":"reviewer-1","sequence":3,"day":"2026-05-01" """;

    [Theory]
    [InlineData("")]
    [InlineData(""" ,"tools":[{"server":"git","names":["get_diff"]},{"server":"files","names":null}],"modelProblems":[{"model":"p/m","message":"401"}],"isModelReached":true """)]
    [InlineData(""" ,"usage":{"requests":2,"costMicros":5,"currency":"USD"} """)]
    [InlineData(""" ,"usage":null,"tools":null,"modelProblems":null """)]
    public void A_report_as_the_runtime_sends_it_is_taken(string more) => Problem($"{{{Good}{more}}}").ShouldBeNull();

    [Theory]
    [InlineData("null", "the report is null")]
    [InlineData("""{"instance":null,"sequence":1,"day":"2026-05-01"}""", "instance")]
    [InlineData("""{"instance":"","sequence":1,"day":"2026-05-01"}""", "instance")]
    [InlineData("""{"instance":"a.b","sequence":1,"day":"2026-05-01"}""", "instance")]
    [InlineData("""{"instance":"a","sequence":1,"day":null}""", "day")]
    [InlineData("""{"instance":"a","sequence":1,"day":"1 May"}""", "day")]
    [InlineData("""{"instance":"a","sequence":-1,"day":"2026-05-01"}""", "count")]
    [InlineData("""{"instance":"a","sequence":1,"day":"2026-05-01","calls":-1}""", "count")]
    [InlineData("""{"instance":"a","sequence":1,"day":"2026-05-01","calls":9223372036854775807}""", "count")]
    [InlineData("""{"instance":"a","sequence":1,"day":"2026-05-01","usage":{"inputTokens":-5}}""", "count")]
    [InlineData("""{"instance":"a","sequence":1,"day":"2026-05-01","usage":{"costMicros":5}}""", "currency")]
    [InlineData("""{"instance":"a","sequence":1,"day":"2026-05-01","usage":{"costMicros":5,"currency":"<b>"}}""", "currency")]
    [InlineData("""{"instance":"a","sequence":1,"day":"2026-05-01","tools":[null]}""", "tools")]
    [InlineData("""{"instance":"a","sequence":1,"day":"2026-05-01","tools":[{"server":null}]}""", "tools")]
    [InlineData("""{"instance":"a","sequence":1,"day":"2026-05-01","tools":[{"server":"git","names":[null]}]}""", "tools")]
    [InlineData("""{"instance":"a","sequence":1,"day":"2026-05-01","modelProblems":[null]}""", "modelProblems")]
    [InlineData("""{"instance":"a","sequence":1,"day":"2026-05-01","modelProblems":[{"model":"m","message":null}]}""", "modelProblems")]
    public void What_is_no_report_is_refused_and_never_breaks_a_status_that_finds_it_stored(string json, string word)
    {
        Problem(json).ShouldNotBeNull().ShouldContain(word);

        // Half a surrogate pair is text that cannot be read, and a count of a sum may be any.
        IReadOnlyList<StoredReport> stored = StoredReport.Read(new ConfigMap { Data = new Dictionary<string, string> { ["a"] = json, ["b"] = $"{{{Good},\"calls\":9223372036854775807,\"pod\":\"\\ud800\"}}", ["c"] = $"{{{Good},\"calls\":5}}" } });
        UsageSum.Of(stored, new DateOnly(2026, 5, 1))!.Calls.ShouldBeGreaterThanOrEqualTo(5);
        ToolUnion.Of(stored).ShouldBeNull();
        ModelReach.Of(1, stored).Status.ShouldBe("Unknown");
    }

    [Fact]
    public void Sums_saturate()
    {
        Saturating.Sum([long.MaxValue, 1, long.MaxValue]).ShouldBe(long.MaxValue);
        Saturating.Sum([-5, 3, 4]).ShouldBe(7);
    }

    private static string? Problem(string json) => ReportCheck.Problem(JsonSerializer.Deserialize(json, RuntimeJsonContext.Default.AgentReport), ReportCheck.MaxCount);
}
