using System.Net;
using System.Text.Json;
using System.Threading.Channels;
using AgentOperator.AgentRuntime.Tests.Hosting;
using AgentOperator.Api.Runtime;
using AgentOperator.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace AgentOperator.AgentRuntime.Tests.Reporting;

public sealed class ReporterTests
{
    [Fact(Timeout = Limits.Hang)]
    public async Task News_of_a_model_are_told_soon_and_counts_at_the_end()
    {
        Channel<AgentReport> reports = Channel.CreateUnbounded<AgentReport>();
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(static kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        await using WebApplication channel = builder.Build();
        channel.Run(async http => reports.Writer.TryWrite((await JsonSerializer.DeserializeAsync(http.Request.Body, RuntimeJsonContext.Default.AgentReport))!));
        await channel.StartAsync();
        string token = Path.GetTempFileName();
        RunningAgent agent = await RunningAgent.StartAsync(new FakeModel(FakeModel.Says("x")), environment: name => name switch
        {
            "AGENTOPERATOR_REPORTS_URL" => channel.Urls.First(),
            "AGENTOPERATOR_TOKEN_FILE" => token,
            _ => null,
        });
        await agent.CallAsync("say", "{}");
        AgentReport first = await reports.Reader.ReadAsync();
        first.IsModelReached.ShouldBe(true);
        first.Calls.ShouldBe(1);
        await agent.CallAsync("say", "{}");
        await agent.DisposeAsync();
        AgentReport last = await reports.Reader.ReadAsync();
        last.Instance.ShouldBe(first.Instance);
        last.Sequence.ShouldBeGreaterThan(first.Sequence);
        last.Calls.ShouldBe(2);
        last.Usage.InputTokens.ShouldBe(20);
        last.Usage.UnpricedRequests.ShouldBe(2);
        File.Delete(token);
    }

    [Theory]
    [InlineData("code-reviewer-7b9c6d4f5-abcde")]
    [InlineData("a-very-long-name-of-an-agent-that-has-fifty-letters-7b9c6d4f5-abcde")]
    [InlineData("host.example_com")]
    public void An_instance_is_a_key_that_the_operator_takes(string pod)
    {
        string instance = AgentRuntime.Reporting.Reporter.InstanceOf(pod, Guid.NewGuid());
        instance.Length.ShouldBeInRange(1, 63);
        instance.ShouldMatch("^[A-Za-z0-9-]+$");
        AgentRuntime.Reporting.Reporter.InstanceOf(pod, Guid.NewGuid()).ShouldNotBe(instance);
    }

    [Fact]
    public void A_new_day_counts_anew()
    {
        FakeTimeProvider time = new();
        AgentRuntime.Reporting.UsageMeter meter = new(time);
        meter.AddRequest(new UsageReport { Requests = 1, InputTokens = 5 }, "m");
        meter.AddProblem("n", "down");
        meter.Snapshot().Usage.InputTokens.ShouldBe(5);
        time.Advance(TimeSpan.FromDays(1));
        AgentReport report = meter.Snapshot();
        report.Usage.InputTokens.ShouldBe(0);
        report.ModelProblems.ShouldHaveSingleItem().Message.ShouldBe("down");
        report.Day.ShouldBe("2026-01-03");
    }
}
