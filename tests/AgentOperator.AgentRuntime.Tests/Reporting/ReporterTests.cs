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
        await using WebApplication channel = await ChannelAsync(reports.Writer);
        string token = Path.GetTempFileName();
        RunningAgent agent = await StartAsync(new FakeModel(FakeModel.Says("x")), channel, token);
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

    [Fact(Timeout = Limits.Hang)]
    public async Task A_task_that_works_on_while_the_agent_stops_is_in_the_last_report()
    {
        Channel<AgentReport> reports = Channel.CreateUnbounded<AgentReport>();
        await using WebApplication channel = await ChannelAsync(reports.Writer);
        string token = Path.GetTempFileName();
        TaskCompletionSource asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
        TaskCompletionSource release = new(TaskCreationOptions.RunContinuationsAsynchronously);
        FakeModel model = new(async (_, _) =>
        {
            asked.SetResult();
            await release.Task;
            return FakeModel.Says("x");
        });
        RunningAgent agent = await StartAsync(model, channel, token);
        await agent.PostAsync("/a2a/message:send", """{"message":{"messageId":"m","role":"ROLE_USER","parts":[{"text":"hi"}]},"configuration":{"returnImmediately":true}}""");
        await asked.Task;

        Task stopping = agent.StopAsync();
        await Should.ThrowAsync<HttpRequestException>(async () =>
        {
            // The port is closed first.
            while (true)
            {
                using HttpResponseMessage answer = await agent.Http.GetAsync("/healthz");
            }
        });
        release.SetResult();
        await stopping;
        await agent.DisposeAsync();

        reports.Writer.Complete();
        AgentReport? last = null;
        await foreach (AgentReport report in reports.Reader.ReadAllAsync())
        {
            last = report;
        }

        last.ShouldNotBeNull().Usage.InputTokens.ShouldBe(10);
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

    private static async Task<WebApplication> ChannelAsync(ChannelWriter<AgentReport> reports)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(static kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        WebApplication channel = builder.Build();
        channel.Run(async http => reports.TryWrite((await JsonSerializer.DeserializeAsync(http.Request.Body, RuntimeJsonContext.Default.AgentReport))!));
        await channel.StartAsync();
        return channel;
    }

    private static Task<RunningAgent> StartAsync(FakeModel model, WebApplication channel, string token) => RunningAgent.StartAsync(model, environment: name => name switch
    {
        "AGENTOPERATOR_REPORTS_URL" => channel.Urls.First(),
        "AGENTOPERATOR_TOKEN_FILE" => token,
        _ => null,
    });
}
