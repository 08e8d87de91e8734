using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using AgentOperator.AgentRuntime.Hosting;
using AgentOperator.AgentRuntime.Tests.Hosting;
using AgentOperator.AgentRuntime.Tests.Tools;
using AgentOperator.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using ModelContextProtocol.Protocol;

namespace AgentOperator.AgentRuntime.Tests.Steps;

public sealed class StepCommandTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("step");
    private readonly Dictionary<string, string> _environment = new(StringComparer.Ordinal);

    private string Said => File.Exists(Path("log")) ? File.ReadAllText(Path("log")) : "";

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact(Timeout = Limits.Hang)]
    public async Task A_skill_in_the_job_gives_its_declared_outputs_and_usage()
    {
        FakeModel model = new(FakeModel.Says("""{"result":{"count":3,"tags":["a"]},"reasoning":"because"}"""));
        int code = await RunAsync("""
            {"skill":"say","input":{"text":"hi"},"agent":{"name":"a","namespace":"n","models":[{"provider":"scripted","name":"fake"}],
             "skills":[{"name":"say","output":{"type":"object","properties":{"count":{"type":"integer"}}}}]},
             "outputs":[{"name":"count","type":"integer"},{"name":"tags","type":"array"},{"name":"reasoning"},{"name":"confidence","type":"number"}]}
            """, model);
        code.ShouldBe(0);
        JsonElement outputs = JsonElement.Parse(Said);
        outputs.GetProperty("count").GetInt32().ShouldBe(3);
        outputs.GetProperty("tags")[0].GetString().ShouldBe("a");
        outputs.GetProperty("reasoning").GetString().ShouldBe("because");
        outputs.TryGetProperty("confidence", out _).ShouldBeFalse();
        outputs.GetProperty("$usage").GetProperty("inputTokens").GetInt64().ShouldBe(10);
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task A_deployed_agent_is_called_with_trace_and_context()
    {
        FakeModel model = new(FakeModel.Says("hello"));
        await using RunningAgent agent = await RunningAgent.StartAsync(model);
        _environment["TRACEPARENT"] = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        int code = await RunAsync($$"""{"skill":"say","input":{"text":"hi"},"url":"{{agent.Url}}","contextId":"c9","outputs":[{"name":"result"},{"name":"traceId"}]}""", null);
        code.ShouldBe(1);
        Said.ShouldContain("traceId");
        code = await RunAsync($$"""{"skill":"say","input":{"text":"hi"},"url":"{{agent.Url}}","contextId":"c9","outputs":[{"name":"result"}]}""", null);
        code.ShouldBe(0);
        JsonElement.Parse(Said).GetProperty("result").GetString().ShouldBe("hello");
    }

    [Theory(Timeout = Limits.Hang)]
    [InlineData("nothing", 64, "UnknownSkill")]
    [InlineData("say", 1, "ModelsUnavailable")]
    public async Task What_the_agent_says_is_the_failure(string skill, int expected, string reason)
    {
        await using RunningAgent agent = await RunningAgent.StartAsync(new FakeModel((_, _) => throw new InvalidOperationException("x")));
        (await RunAsync($$"""{"skill":"{{skill}}","input":{},"url":"{{agent.Url}}"}""", null)).ShouldBe(expected);
        Said.ShouldContain(reason);
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task Agents_vote_and_what_most_say_is_the_result_with_the_usage_of_all()
    {
        await using RunningAgent yes = await RunningAgent.StartAsync(new FakeModel(FakeModel.Says("yes"), FakeModel.Says("yes")));
        await using RunningAgent too = await RunningAgent.StartAsync(new FakeModel(FakeModel.Says("yes"), FakeModel.Says("no")));
        await using RunningAgent broken = await RunningAgent.StartAsync(new FakeModel((_, _) => throw new InvalidOperationException("x")));
        string task = $$$"""
            {"input":{"text":"hi"},"outputs":[{"name":"decision"},{"name":"agreed","type":"integer"},{"name":"votes","type":"array"},{"name":"answer"}],"consensus":{"strategy":"Majority","voters":[
             {"agent":"yes","skill":"say","url":"{{{yes.Url}}}","weight":1},{"agent":"too","skill":"say","url":"{{{too.Url}}}","weight":1},{"agent":"broken","skill":"say","url":"{{{broken.Url}}}","weight":1}]}}
            """;

        (await RunAsync(task, null)).ShouldBe(0, Said);
        JsonElement result = JsonElement.Parse(Said);
        (result.GetProperty("decision").GetString(), result.GetProperty("agreed").GetInt32(), result.GetProperty("answer").GetString()).ShouldBe(("yes", 2, "yes"));
        result.GetProperty("votes")[2].GetProperty("error").GetString()!.ShouldContain("ModelsUnavailable");
        result.GetProperty("$usage").GetProperty("requests").GetInt64().ShouldBeGreaterThanOrEqualTo(2);

        (await RunAsync(task, null)).ShouldBe(3);
        Said.ShouldStartWith("no vote has more than half of 3 votes (Majority): \"yes\" has 1 (yes); \"no\" has 1 (too); no vote of broken:");
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task An_item_is_read_from_the_file_of_the_pods_index()
    {
        Directory.CreateDirectory(Path("items"));
        await File.WriteAllTextAsync(Path("items/4"), """{"index":7,"input":{"text":"item seven"},"contextId":"c"}""");
        string task = SayTask(outputs: "result").Replace("\"input\":", $"\"items\":\"{Path("items")}\",\"input\":", StringComparison.Ordinal);
        (await RunAsync(task, new FakeModel(FakeModel.Says("x")))).ShouldBe(64);
        Said.ShouldContain("JOB_COMPLETION_INDEX is not set");
        _environment["JOB_COMPLETION_INDEX"] = "4";
        FakeModel model = new(FakeModel.Says("done"));
        (await RunAsync(task, model)).ShouldBe(0);
        JsonElement.Parse(Said).GetProperty("result").GetString().ShouldBe("done");
        _environment["JOB_COMPLETION_INDEX"] = "5";
        (await RunAsync(task, model)).ShouldBe(64);
        Said.ShouldContain("cannot be read");
    }

    [Theory(Timeout = Limits.Hang)]
    [InlineData("add", """{"n":1}""", 0, "\"sum\":2")]
    [InlineData("add", """{"n":"x"}""", 64, "do not fit")]
    [InlineData("nope", "{}", 1, "There is no tool nope: srv has add")]
    public async Task A_tool_is_called_without_a_model(string tool, string input, int expected, string said)
    {
        await using TestMcpServer server = await TestMcpServer.StartAsync(static (_, _) => Task.FromResult(new CallToolResult { Content = [new TextContentBlock { Text = """{"sum":2}""" }] }), "add");
        int code = await RunAsync($$"""{"tool":"{{tool}}","input":{{input}},"agent":{"name":"a","namespace":"n","tools":[{"name":"srv","url":"{{server.Url}}"}]},"outputs":[{"name":"sum","type":"integer"}]}""", null);
        code.ShouldBe(expected);
        Said.ShouldContain(said);
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task A_model_is_not_asked_while_tools_are_missing()
    {
        FakeTimeProvider time = new();
        FakeModel model = new(FakeModel.Says("an answer without tools"));
        int asked = 0;
        await using WebApplication server = await ChannelAsync(null, http =>
        {
            Interlocked.Increment(ref asked);
            http.Response.StatusCode = 503;
            return Task.CompletedTask;
        });
        Task<int> step = RunAsync(SayTask().Replace("\"skills\":", $$"""
            "tools":[{"name":"srv","url":"{{server.Urls.First()}}/mcp"}],"skills":
            """, StringComparison.Ordinal), model, time: time);
        using CancellationTokenSource limit = new(Limits.Hang);
        await Eventually.HoldsAsync(
            () =>
            {
                time.Advance(TimeSpan.FromSeconds(1));
                return step.IsCompleted;
            },
            limit.Token);

        (await step).ShouldBe(1);
        Said.ShouldStartWith("Tools are missing: srv: it cannot be used");
        asked.ShouldBeGreaterThan(1, "a server that is just starting is asked again");
        model.Requests.ShouldBeEmpty();
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task Results_go_over_the_channel_with_the_token_and_its_authority()
    {
        List<string> bodies = [];
        int refusals = 1;
        using X509Certificate2 certificate = Certificate();
        await using WebApplication channel = await ChannelAsync(certificate, async http =>
        {
            http.Request.Headers.Authorization.ToString().ShouldBe("Bearer t0ken");
            if (Interlocked.Decrement(ref refusals) >= 0)
            {
                http.Response.StatusCode = 503;
                return;
            }

            using StreamReader reader = new(http.Request.Body);
            bodies.Add(await reader.ReadToEndAsync());
        });
        await File.WriteAllTextAsync(Path("token"), "t0ken\n");
        _environment["AGENTOPERATOR_RESULTS_URL"] = $"{channel.Urls.First()}/results";
        _environment["AGENTOPERATOR_TOKEN_FILE"] = Path("token");
        _environment["AGENTOPERATOR_CA"] = certificate.ExportCertificatePem();
        string big = new('x', 10_000);
        int code = await RunAsync(SayTask(outputs: "result"), new FakeModel(FakeModel.Says(big)));
        code.ShouldBe(0);
        JsonElement.Parse(bodies.ShouldHaveSingleItem()).GetProperty("result").GetString().ShouldBe(big);
        Said.ShouldBe("");
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task Large_results_without_a_channel_and_an_unusable_task_are_told()
    {
        (await RunAsync(SayTask(outputs: "result"), new FakeModel(FakeModel.Says(new string('x', 5000))))).ShouldBe(64);
        Said.ShouldContain("room for 4096");
        (await RunAsync("{}", null)).ShouldBe(64);
        (await RunAsync("""{"input":{}}""", null)).ShouldBe(64);
        Said.ShouldContain("neither a url nor an agent");
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task A_step_that_is_told_to_stop_stops()
    {
        using CancellationTokenSource stop = new();
        FakeModel model = new(async (_, cancellation) =>
        {
            await stop.CancelAsync();
            await Task.Delay(Timeout.Infinite, cancellation);
            return FakeModel.Says("never");
        });
        (await RunAsync(SayTask(), model, cancellation: stop.Token)).ShouldBe(1);
        Said.ShouldContain("told to stop");
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task Results_wait_for_an_operator_that_is_away_for_long()
    {
        int posts = 0;
        FakeTimeProvider time = new();
        await using WebApplication channel = await OfferAsync(http =>
        {
            http.Response.StatusCode = Interlocked.Increment(ref posts) <= 40 ? 503 : 200;
            return Task.CompletedTask;
        });
        Task<int> step = RunAsync(SayTask(outputs: "result"), new FakeModel(FakeModel.Says("paid for")), time: time);
        using CancellationTokenSource limit = new(Limits.Hang);
        await Eventually.HoldsAsync(() => posts > 0, limit.Token);
        await Eventually.HoldsAsync(
            () =>
            {
                time.Advance(TimeSpan.FromSeconds(15));
                return step.IsCompleted;
            },
            limit.Token);

        (await step).ShouldBe(0, Said);
        posts.ShouldBe(41);
        Said.ShouldBe("");
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task Results_that_cannot_be_posted_before_the_pod_ends_go_to_the_termination_log()
    {
        using CancellationTokenSource stop = new();
        await using WebApplication channel = await OfferAsync(async http =>
        {
            http.Response.StatusCode = 503;
            await http.Response.CompleteAsync();
            await stop.CancelAsync();
        });
        (await RunAsync(SayTask(outputs: "result"), new FakeModel(FakeModel.Says("paid for")), cancellation: stop.Token)).ShouldBe(0);
        JsonElement.Parse(Said).GetProperty("result").GetString().ShouldBe("paid for");
    }

    [Theory(Timeout = Limits.Hang)]
    [InlineData(409, 0)]
    [InlineData(410, 1)]
    public async Task An_attempt_that_has_reported_is_done_and_one_that_nobody_waits_for_ends(int answer, int expected)
    {
        await using WebApplication channel = await OfferAsync(http =>
        {
            http.Response.StatusCode = answer;
            return Task.CompletedTask;
        });
        (await RunAsync(SayTask(outputs: "result"), new FakeModel(FakeModel.Says("late")))).ShouldBe(expected);
        Said.Contains("answered 410", StringComparison.Ordinal).ShouldBe(answer == 410);
    }

    [Theory(Timeout = Limits.Hang)]
    [InlineData("", "nonsense", 10)]
    [InlineData(""","output":{"type":"object","required":["n"]}""", "BadAnswer", 20)]
    public async Task A_step_that_fails_tells_what_it_used(string output, string said, long tokens)
    {
        List<string> bodies = [];
        await using WebApplication channel = await OfferAsync(async http =>
        {
            using StreamReader reader = new(http.Request.Body);
            bodies.Add(await reader.ReadToEndAsync());
        });
        int code = await RunAsync($$"""{"skill":"say","input":{},"agent":{"name":"a","namespace":"n","models":[{"provider":"scripted","name":"fake"}],"skills":[{"name":"say"{{output}}}]},"outputs":[{"name":"nonsense"}]}""", new FakeModel(FakeModel.Says("hello")));
        code.ShouldBe(1);
        Said.ShouldContain(said);
        JsonElement told = JsonElement.Parse(bodies.ShouldHaveSingleItem());
        told.GetProperty("$error").GetString().ShouldBe(Said);
        told.GetProperty("$usage").GetProperty("inputTokens").GetInt64().ShouldBe(tokens);
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task What_a_deployed_agent_used_before_it_failed_is_told_and_nothing_where_no_model_was_asked()
    {
        List<string> bodies = [];
        await using WebApplication channel = await OfferAsync(async http =>
        {
            using StreamReader reader = new(http.Request.Body);
            bodies.Add(await reader.ReadToEndAsync());
        });
        await using RunningAgent agent = await RunningAgent.StartAsync(new FakeModel(FakeModel.Says("hello")), RunningAgent.Config(""" "skills":[{"name":"say","output":{"type":"object","properties":{"n":{"type":"integer"}},"required":["n"]}}]"""));
        (await RunAsync($$"""{"skill":"nothing","input":{},"url":"{{agent.Url}}"}""", null)).ShouldBe(64);
        bodies.ShouldBeEmpty();
        (await RunAsync($$"""{"skill":"say","input":{},"url":"{{agent.Url}}"}""", null)).ShouldBe(1);
        JsonElement.Parse(bodies.ShouldHaveSingleItem()).GetProperty("$usage").GetProperty("requests").GetInt64().ShouldBe(2);
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task A_gateway_that_answers_in_the_agents_place_is_not_asked_again()
    {
        int calls = 0;
        await using WebApplication gateway = await ChannelAsync(null, http =>
        {
            Interlocked.Increment(ref calls);
            http.Response.StatusCode = 502;
            return Task.CompletedTask;
        });
        (await RunAsync($$"""{"skill":"say","input":{},"url":"{{gateway.Urls.First()}}"}""", null)).ShouldBe(1);
        calls.ShouldBe(1);
        Said.ShouldBe("The agent answered 502.");
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task An_agent_that_never_answers_fails_the_step()
    {
        FakeTimeProvider time = new();
        TaskCompletionSource asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
        FakeModel model = new(async (_, cancellation) =>
        {
            asked.SetResult();
            await Task.Delay(Timeout.Infinite, cancellation);
            return FakeModel.Says("never");
        });
        await using RunningAgent agent = await RunningAgent.StartAsync(model);
        Task<int> step = RunAsync($$"""{"skill":"say","input":{},"url":"{{agent.Url}}"}""", null, time: time);
        await asked.Task;
        time.Advance(TimeSpan.FromMinutes(11));
        (await step).ShouldBe(1);
        Said.ShouldBe("The agent did not answer within 660 s.");
    }

    private static string SayTask(string? outputs = null) =>
        $$$"""{"skill":"say","input":{},"agent":{"name":"a","namespace":"n","models":[{"provider":"scripted","name":"fake"}],"skills":[{"name":"say"}]},"outputs":[{{{(outputs is null ? "" : $"{{\"name\":\"{outputs}\"}}")}}}]}""";

    private static X509Certificate2 Certificate()
    {
        using RSA key = RSA.Create(2048);
        CertificateRequest request = new("CN=channel", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        SubjectAlternativeNameBuilder names = new();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }

    private static async Task<WebApplication> ChannelAsync(X509Certificate2? certificate, RequestDelegate answer)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            if (certificate is not null)
            {
                listen.UseHttps(certificate);
            }
        }));
        WebApplication server = builder.Build();
        server.Run(answer);
        await server.StartAsync();
        return server;
    }

    /// <summary>A channel in the environment of the step.</summary>
    private async Task<WebApplication> OfferAsync(RequestDelegate answer)
    {
        WebApplication channel = await ChannelAsync(null, answer);
        await File.WriteAllTextAsync(Path("token"), "t0ken\n");
        _environment["AGENTOPERATOR_RESULTS_URL"] = $"{channel.Urls.First()}/results";
        _environment["AGENTOPERATOR_TOKEN_FILE"] = Path("token");
        return channel;
    }

    private async Task<int> RunAsync(string task, FakeModel? model, TimeProvider? time = null, CancellationToken cancellation = default)
    {
        await File.WriteAllTextAsync(Path("task.json"), task, CancellationToken.None);
        _environment["AGENTOPERATOR_TERMINATION_LOG"] = Path("log");
        return await StepCommand.RunAsync(Path("task.json"), name => _environment.GetValueOrDefault(name), time ?? TimeProvider.System, model, cancellation);
    }

    private string Path(string name) => System.IO.Path.Combine(_folder.FullName, name);
}
