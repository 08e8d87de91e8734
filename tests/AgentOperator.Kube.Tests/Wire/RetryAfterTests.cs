using System.Net;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Core;
using AgentOperator.Kube.Tests.Server;
using AgentOperator.Testing;

namespace AgentOperator.Kube.Tests.Wire;

public sealed class RetryAfterTests
{
    private static readonly string EmptyList = """{"metadata":{"resourceVersion":"77"},"items":[]}""";

    private readonly FakeTimeProvider _time = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory(Timeout = Limits.Hang)]
    [InlineData(429, WireProtocol.Http1)]
    [InlineData(429, WireProtocol.Http2)]
    [InlineData(503, WireProtocol.Http2)]
    public async Task A_list_that_is_put_off_is_asked_for_again_when_the_server_said(int code, WireProtocol protocol)
    {
        await using ScriptedServer server = await ScriptedServer.StartAsync(Answers.InTurn(Answers.PutOff(code, "7"), Answers.Always(EmptyList)), protocol);
        using KubeClient client = server.Connect(_time);

        Task<KubeList<Pod>> list = client.Resource<Pod>("ns").ListAsync(new ListOptions(), Stop);
        await _time.WaitStartedAsync(TimeSpan.FromSeconds(7), Stop);
        _time.Advance(TimeSpan.FromSeconds(6.999));
        server.Requests.Count.ShouldBe(1);
        _time.Advance(TimeSpan.FromSeconds(0.001));

        (await list).Metadata.ResourceVersion.ShouldBe("77");
        server.Requests.Count.ShouldBe(2);
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task A_date_is_obeyed_like_seconds()
    {
        string date = (_time.GetUtcNow() + TimeSpan.FromSeconds(9)).ToString("R", System.Globalization.CultureInfo.InvariantCulture);
        await using ScriptedServer server = await ScriptedServer.StartAsync(Answers.InTurn(Answers.PutOff(429, date), Answers.Always(EmptyList)));
        using KubeClient client = server.Connect(_time);

        Task<KubeList<Pod>> list = client.Resource<Pod>("ns").ListAsync(new ListOptions(), Stop);
        await _time.WaitStartedAsync(TimeSpan.FromSeconds(9), Stop);
        _time.Advance(TimeSpan.FromSeconds(9));

        (await list).Items.ShouldBeEmpty();
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task A_date_in_the_past_means_now()
    {
        string date = (_time.GetUtcNow() - TimeSpan.FromDays(1)).ToString("R", System.Globalization.CultureInfo.InvariantCulture);
        await using ScriptedServer server = await ScriptedServer.StartAsync(Answers.InTurn(Answers.PutOff(429, date), Answers.Always(EmptyList)));
        using KubeClient client = server.Connect(_time);

        (await client.Resource<Pod>("ns").ListAsync(new ListOptions(), Stop)).Items.ShouldBeEmpty();
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task A_watch_that_is_put_off_starts_later()
    {
        string line = $$"""{"type":"ADDED","object":{{Answers.Pod("a", "8")}}}""" + "\n";
        await using ScriptedServer server = await ScriptedServer.StartAsync(Answers.InTurn(Answers.PutOff(429, "7"), Answers.Stream(line)));
        using KubeClient client = server.Connect(_time);
        await using IAsyncEnumerator<WatchEvent<Pod>> events = client.Resource<Pod>("ns").WatchAsync(new WatchOptions { ResourceVersion = "7" }, Stop).GetAsyncEnumerator(Stop);

        Task<bool> first = events.MoveNextAsync().AsTask();
        await _time.WaitStartedAsync(TimeSpan.FromSeconds(7), Stop);
        _time.Advance(TimeSpan.FromSeconds(7));

        (await first).ShouldBeTrue();
        events.Current.ResourceVersion.ShouldBe("8");
    }

    [Theory(Timeout = Limits.Hang)]
    [InlineData(WireProtocol.Http1)]
    [InlineData(WireProtocol.Http2)]
    public async Task A_write_that_is_put_off_is_sent_again_whole(WireProtocol protocol)
    {
        string stored = """{"metadata":{"name":"c","resourceVersion":"9"}}""";
        await using ScriptedServer server = await ScriptedServer.StartAsync(Answers.InTurn(Answers.PutOff(429, "7"), Answers.PutOff(429, "7"), Answers.Always(stored)), protocol);
        using KubeClient client = server.Connect(_time);

        Task<ConfigMap> write = client.Resource<ConfigMap>("ns").ApplyAsync(new ConfigMap { Metadata = new ObjectMeta { Name = "c" } }, new ApplyOptions("m"), Stop);
        for (int i = 0; i < 2; i++)
        {
            await _time.WaitStartedAsync(TimeSpan.FromSeconds(7), Stop);
            _time.Advance(TimeSpan.FromSeconds(7));
        }

        (await write).Metadata.ResourceVersion.ShouldBe("9");
        server.Requests.Select(request => request.Body).Distinct().ShouldHaveSingleItem().ShouldContain("\"name\":\"c\"");
        server.Requests.ShouldAllBe(request => request.ContentType == "application/apply-patch+yaml" && request.Method == "PATCH");
        server.Requests.Count.ShouldBe(3);
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task A_server_that_always_puts_off_is_given_up_with_what_it_said()
    {
        await using ScriptedServer server = await ScriptedServer.StartAsync(Answers.PutOff(429, "0"));
        using KubeClient client = server.Connect(_time);

        KubeApiException error = await Should.ThrowAsync<KubeApiException>(() => client.Resource<Pod>("ns").ListAsync(new ListOptions(), Stop));

        error.Code.ShouldBe(HttpStatusCode.TooManyRequests);
        error.Message.ShouldBe("later");
        server.Requests.Count.ShouldBe(11);
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task Waits_are_cut_to_half_a_minute_and_count_against_the_deadline()
    {
        await using ScriptedServer server = await ScriptedServer.StartAsync(Answers.PutOff(429, "3600"));
        using KubeClient client = server.Connect(_time);

        Task<KubeList<Pod>> list = client.Resource<Pod>("ns").ListAsync(new ListOptions(), Stop);
        await _time.WaitStartedAsync(TimeSpan.FromSeconds(30), Stop);
        _time.Advance(TimeSpan.FromSeconds(30));
        await Eventually.HoldsAsync(() => server.Requests.Count == 2 && _time.Pending.Count == 2, Stop);
        _time.Advance(TimeSpan.FromSeconds(30));

        await Should.ThrowAsync<TimeoutException>(() => list);
    }

    [Theory(Timeout = Limits.Hang)]
    [InlineData(429)]
    [InlineData(503)]
    [InlineData(500)]
    public async Task Without_the_header_a_failure_is_told_at_once(int code)
    {
        await using ScriptedServer server = await ScriptedServer.StartAsync(Answers.Always(Answers.Status(code, "X", "no"), code));
        using KubeClient client = server.Connect(_time);

        await Should.ThrowAsync<KubeApiException>(() => client.Resource<Pod>("ns").ListAsync(new ListOptions(), Stop));

        server.Requests.Count.ShouldBe(1);
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task A_refusal_for_good_is_not_repeated_whatever_the_header_says()
    {
        await using ScriptedServer server = await ScriptedServer.StartAsync(Answers.PutOff(403, "0"));
        using KubeClient client = server.Connect(_time);

        await Should.ThrowAsync<KubeApiException>(() => client.Resource<Pod>("ns").ListAsync(new ListOptions(), Stop));

        server.Requests.Count.ShouldBe(1);
    }
}
