using System.Net;
using System.Text;
using System.Text.Json;
using AgentOperator.Kube.Models.Core;
using AgentOperator.Kube.Reading;
using AgentOperator.Kube.Tests.Server;
using AgentOperator.Testing;
using Microsoft.AspNetCore.Http;

namespace AgentOperator.Kube.Tests.Wire;

public sealed class WatchTests
{
    private static readonly WatchOptions FromSeven = new() { ResourceVersion = "7", Timeout = TimeSpan.FromSeconds(300) };

    public static TheoryData<WireProtocol> Protocols => [WireProtocol.Http1, WireProtocol.Http2];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory(Timeout = Limits.Hang)]
    [MemberData(nameof(Protocols))]
    public async Task Events_come_in_order_with_the_version_the_watch_has_reached(WireProtocol protocol)
    {
        string script = Line("ADDED", Answers.Pod("a", "8")) + Line("MODIFIED", Answers.Pod("a", "9"))
            + Line("BOOKMARK", """{"kind":"Pod","apiVersion":"v1","metadata":{"resourceVersion":"12","creationTimestamp":null},"spec":{"containers":null},"status":{}}""")
            + Line("DELETED", Answers.Pod("a", "15"));

        List<WatchEvent<Pod>> events = await WatchAsync(Answers.Stream(script), protocol);

        events.Select(change => (change.Type, change.ResourceVersion)).ShouldBe(
            [(WatchEventType.Added, "8"), (WatchEventType.Modified, "9"), (WatchEventType.Bookmark, "12"), (WatchEventType.Deleted, "15")]);
        events.Select(change => change.Object?.Metadata.Name).ShouldBe(["a", "a", null, "a"]);
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task The_watch_is_asked_for_with_bookmarks_from_its_version_for_its_time()
    {
        await using ScriptedServer server = await ScriptedServer.StartAsync(Answers.Stream(""));
        using KubeClient client = server.Connect();

        await foreach (WatchEvent<Pod> _ in client.Resource<Pod>("ns").WatchAsync(FromSeven with { LabelSelector = "a=b" }, Stop))
        {
        }

        RecordedRequest request = server.Requests.ShouldHaveSingleItem();
        request.Method.ShouldBe("GET");
        request.Path.ShouldBe("/api/v1/namespaces/ns/pods");
        request.Query.ShouldBe("?watch=true&allowWatchBookmarks=true&labelSelector=a%3Db&resourceVersion=7&timeoutSeconds=300");
    }

    [Theory(Timeout = Limits.Hang)]
    [MemberData(nameof(Protocols))]
    public async Task An_error_event_says_why_the_watch_ends(WireProtocol protocol)
    {
        List<WatchEvent<Pod>> events = await WatchAsync(Answers.Stream(Line("ERROR", Answers.Status(410, "Expired", "too old resource version: 7 (9)"))), protocol);

        WatchEvent<Pod> error = events.ShouldHaveSingleItem();
        error.Type.ShouldBe(WatchEventType.Error);
        error.Status!.Code.ShouldBe(410);
        new KubeApiException(error.Status).IsExpired.ShouldBeTrue();
    }

    [Theory(Timeout = Limits.Hang)]
    [MemberData(nameof(Protocols))]
    public async Task A_watch_refused_with_410_is_told_apart_from_other_failures(WireProtocol protocol)
    {
        KubeApiException error = await Should.ThrowAsync<KubeApiException>(() => WatchAsync(Answers.Always(Answers.Status(410, "Expired", "too old"), 410), protocol));

        error.Code.ShouldBe(HttpStatusCode.Gone);
        error.IsExpired.ShouldBeTrue();
    }

    [Theory(Timeout = Limits.Hang)]
    [MemberData(nameof(Protocols))]
    public async Task A_line_that_the_end_cuts_off_is_a_broken_connection_and_not_an_event(WireProtocol protocol)
    {
        List<WatchEvent<Pod>> events = [];
        string whole = Line("ADDED", Answers.Pod("a", "8"));

        await Should.ThrowAsync<IOException>(() => WatchAsync(Answers.Stream(whole + whole[..40]), protocol, events));

        events.ShouldHaveSingleItem();
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task A_whole_event_without_its_line_end_is_not_trusted_either()
    {
        List<WatchEvent<Pod>> events = [];

        await Should.ThrowAsync<IOException>(() => WatchAsync(Answers.Stream(Line("ADDED", Answers.Pod("a", "8")).TrimEnd()), into: events));

        events.ShouldBeEmpty();
    }

    [Theory(Timeout = Limits.Hang)]
    [MemberData(nameof(Protocols))]
    public async Task A_connection_that_breaks_off_is_an_IOException(WireProtocol protocol)
    {
        List<WatchEvent<Pod>> events = [];
        TaskCompletionSource read = new(TaskCreationOptions.RunContinuationsAsynchronously);

        await Should.ThrowAsync<IOException>(() => WatchAsync(
            async context =>
            {
                await Answers.Stream(Line("ADDED", Answers.Pod("a", "8")))(context);
                await read.Task;
                context.Abort();
            },
            protocol,
            events,
            _ => read.TrySetResult()));

        events.ShouldHaveSingleItem();
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task Carriage_returns_and_empty_lines_are_no_events()
    {
        string script = "\n\r\n" + Line("ADDED", Answers.Pod("a", "8")).Replace("\n", "\r\n", StringComparison.Ordinal) + "\r\n\n" + Line("MODIFIED", Answers.Pod("a", "9"));

        List<WatchEvent<Pod>> events = await WatchAsync(Answers.Stream(script));

        events.Select(change => change.ResourceVersion).ShouldBe(["8", "9"]);
    }

    [Theory(Timeout = Limits.Hang)]
    [MemberData(nameof(Protocols))]
    public async Task Text_is_whole_wherever_the_network_cuts_it(WireProtocol protocol)
    {
        const string Name = "ä€𝄞";
        byte[] script = Encoding.UTF8.GetBytes(Line("ADDED", Answers.Pod(Name, "8")) + Line("ADDED", Answers.Pod(Name, "9")));

        List<WatchEvent<Pod>> events = await WatchAsync(Answers.Stream(script.Select(static one => new[] { one })), protocol);

        events.Select(change => change.Object!.Metadata.Name).ShouldBe([Name, Name]);
    }

    [Theory(Timeout = Limits.Hang)]
    [InlineData("ADDED", WatchEventType.Added)]
    [InlineData("BOOKMARK", WatchEventType.Bookmark)]
    public async Task The_object_may_come_before_the_type(string type, WatchEventType expected)
    {
        string line = $$"""{"extra":{"type":"DELETED"},"object":{{Answers.Pod("a", "8")}},"type":"{{type}}"}""" + "\n";

        WatchEvent<Pod> change = (await WatchAsync(Answers.Stream(line))).ShouldHaveSingleItem();

        change.Type.ShouldBe(expected);
        change.ResourceVersion.ShouldBe("8");
    }

    [Theory(Timeout = Limits.Hang)]
    [InlineData("{}\n")]
    [InlineData("null\n")]
    [InlineData("[]\n")]
    [InlineData("{\"type\":\"ADDED\"}\n")]
    [InlineData("{\"type\":\"MOVED\",\"object\":{\"metadata\":{\"resourceVersion\":\"8\"}}}\n")]
    [InlineData("<html>\n")]
    public async Task A_line_that_is_no_event_fails_the_watch(string line) =>
        await Should.ThrowAsync<JsonException>(() => WatchAsync(Answers.Stream(line)));

    [Fact(Timeout = Limits.Hang)]
    public async Task An_object_that_does_not_fit_is_told_with_its_name_and_version_and_the_watch_goes_on()
    {
        string bad = """{"metadata":{"name":"bad","namespace":"ns","uid":"u","resourceVersion":"8"},"status":"text"}""";

        List<WatchEvent<Pod>> events = await WatchAsync(Answers.Stream(Line("MODIFIED", bad) + Line("ADDED", Answers.Pod("a", "9"))));

        events[0].Type.ShouldBe(WatchEventType.Unreadable);
        events[0].ResourceVersion.ShouldBe("8");
        events[0].Unreadable!.Metadata.Name.ShouldBe("bad");
        events[1].Type.ShouldBe(WatchEventType.Added);
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task An_object_that_does_not_fit_is_deleted_like_any_other()
    {
        string bad = """{"metadata":{"name":"bad","namespace":"ns","uid":"u","resourceVersion":"8"},"status":"text"}""";

        WatchEvent<Pod> change = (await WatchAsync(Answers.Stream(Line("DELETED", bad)))).ShouldHaveSingleItem();

        change.Type.ShouldBe(WatchEventType.Deleted);
        change.Object.ShouldBeNull();
        change.Unreadable!.Metadata.Name.ShouldBe("bad");
        change.ResourceVersion.ShouldBe("8");
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task A_large_object_is_read_whole()
    {
        string large = Answers.Pod(new string('x', 3 * 1024 * 1024), "8");

        WatchEvent<Pod> change = (await WatchAsync(Answers.Stream(Line("ADDED", large)))).ShouldHaveSingleItem();

        change.Object!.Metadata.Name!.Length.ShouldBe(3 * 1024 * 1024);
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task A_line_without_an_end_does_not_fill_the_memory()
    {
        byte[] part = new byte[64 * 1024];
        part.AsSpan().Fill((byte)'x');

        IOException error = await Should.ThrowAsync<IOException>(() => WatchAsync(async context =>
        {
            while (!context.RequestAborted.IsCancellationRequested)
            {
                await context.Response.Body.WriteAsync(part, context.RequestAborted);
            }
        }));

        error.Message.ShouldContain(LineReader.MaxLineBytes.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    [Theory(Timeout = Limits.Hang)]
    [MemberData(nameof(Protocols))]
    public async Task Silence_after_an_event_ends_the_watch_although_the_connection_stands(WireProtocol protocol)
    {
        FakeTimeProvider time = new();
        await using ScriptedServer server = await ScriptedServer.StartAsync(Answers.Stream(Line("ADDED", Answers.Pod("a", "8")), hold: true), protocol);
        using KubeClient client = server.Connect(time);
        await using IAsyncEnumerator<WatchEvent<Pod>> events = client.Resource<Pod>("ns").WatchAsync(FromSeven, Stop).GetAsyncEnumerator(Stop);
        (await events.MoveNextAsync()).ShouldBeTrue();
        Task<bool> next = events.MoveNextAsync().AsTask();

        time.Advance(FromSeven.Timeout + WatchOptions.IdleMargin - TimeSpan.FromMilliseconds(1));
        next.IsCompleted.ShouldBeFalse();
        time.Advance(TimeSpan.FromMilliseconds(1));

        await Should.ThrowAsync<TimeoutException>(() => next);
    }

    [Theory(Timeout = Limits.Hang)]
    [MemberData(nameof(Protocols))]
    public async Task Each_event_gives_the_watch_its_whole_time_again(WireProtocol protocol)
    {
        FakeTimeProvider time = new();
        TimeSpan almost = FromSeven.Timeout + WatchOptions.IdleMargin - TimeSpan.FromSeconds(1);
        using SemaphoreSlim more = new(0);
        await using ScriptedServer server = await ScriptedServer.StartAsync(
            async context =>
            {
                for (int version = 8; version < 11; version++)
                {
                    await Answers.Stream(Line("ADDED", Answers.Pod("a", $"{version}")))(context);
                    await more.WaitAsync(context.RequestAborted);
                }
            },
            protocol);
        using KubeClient client = server.Connect(time);

        int count = 0;
        await foreach (WatchEvent<Pod> _ in client.Resource<Pod>("ns").WatchAsync(FromSeven, Stop))
        {
            count++;
            time.Advance(almost);
            more.Release();
        }

        count.ShouldBe(3);
    }

    [Theory(Timeout = Limits.Hang)]
    [MemberData(nameof(Protocols))]
    public async Task A_server_that_never_answers_a_watch_is_given_up(WireProtocol protocol)
    {
        FakeTimeProvider time = new();
        TaskCompletionSource asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using ScriptedServer server = await ScriptedServer.StartAsync(
            context =>
            {
                asked.TrySetResult();
                return Answers.SilenceAsync(context);
            },
            protocol);
        using KubeClient client = server.Connect(time);
        await using IAsyncEnumerator<WatchEvent<Pod>> events = client.Resource<Pod>("ns").WatchAsync(FromSeven, Stop).GetAsyncEnumerator(Stop);
        Task<bool> next = events.MoveNextAsync().AsTask();
        await asked.Task;

        time.Advance(FromSeven.Timeout + WatchOptions.IdleMargin);

        await Should.ThrowAsync<TimeoutException>(() => next);
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task An_object_with_odd_metadata_is_told_with_its_name_and_version()
    {
        string odd = """{"metadata":{"name":"odd","namespace":"ns","uid":"u","resourceVersion":"8","deletionTimestamp":"soon","labels":[]}}""";

        List<WatchEvent<Pod>> events = await WatchAsync(Answers.Stream(Line("MODIFIED", odd) + Line("ADDED", Answers.Pod("b", "9"))));

        events[0].Type.ShouldBe(WatchEventType.Unreadable);
        events[0].ResourceVersion.ShouldBe("8");
        events[0].Unreadable!.Metadata.Name.ShouldBe("odd");
        events[1].Object!.Metadata.Name.ShouldBe("b");
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task A_caller_that_cancels_sees_a_cancellation_and_no_timeout()
    {
        await using ScriptedServer server = await ScriptedServer.StartAsync(Answers.Stream(Line("ADDED", Answers.Pod("a", "8")), hold: true));
        using KubeClient client = server.Connect(new FakeTimeProvider());
        using CancellationTokenSource cancelled = new();
        await using IAsyncEnumerator<WatchEvent<Pod>> events = client.Resource<Pod>("ns").WatchAsync(FromSeven, cancelled.Token).GetAsyncEnumerator(Stop);
        (await events.MoveNextAsync()).ShouldBeTrue();
        Task<bool> next = events.MoveNextAsync().AsTask();

        await cancelled.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => next);
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task More_watches_than_one_connection_has_streams_all_start()
    {
        const int Watches = 120;
        await using ScriptedServer server = await ScriptedServer.StartAsync(Answers.Stream(Line("ADDED", Answers.Pod("a", "8")), hold: true));
        using KubeClient client = server.Connect(new FakeTimeProvider());
        List<IAsyncEnumerator<WatchEvent<Pod>>> watches = [];
        try
        {
            for (int i = 0; i < Watches; i++)
            {
                IAsyncEnumerator<WatchEvent<Pod>> watch = client.Resource<Pod>("ns").WatchAsync(FromSeven, Stop).GetAsyncEnumerator(Stop);
                watches.Add(watch);
                (await watch.MoveNextAsync()).ShouldBeTrue();
            }

            server.Requests.Count.ShouldBe(Watches);
            server.Requests.ShouldAllBe(request => request.Protocol == "HTTP/2");
        }
        finally
        {
            foreach (IAsyncEnumerator<WatchEvent<Pod>> watch in watches)
            {
                await watch.DisposeAsync();
            }
        }
    }

    private static string Line(string type, string value) => $$"""{"type":"{{type}}","object":{{value}}}""" + "\n";

    private static async Task<List<WatchEvent<Pod>>> WatchAsync(
        RequestDelegate answer,
        WireProtocol protocol = WireProtocol.Http2,
        List<WatchEvent<Pod>>? into = null,
        Action<WatchEvent<Pod>>? seen = null)
    {
        into ??= [];
        await using ScriptedServer server = await ScriptedServer.StartAsync(answer, protocol);
        using KubeClient client = server.Connect(new FakeTimeProvider());
        await foreach (WatchEvent<Pod> change in client.Resource<Pod>("ns").WatchAsync(FromSeven, Stop))
        {
            into.Add(change);
            seen?.Invoke(change);
        }

        return into;
    }
}
