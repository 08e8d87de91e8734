using AgentOperator.Controllers.Caching;
using AgentOperator.Controllers.Tests.Fixtures;
using AgentOperator.Kube;
using AgentOperator.Kube.Models.Core;
using AgentOperator.Testing;
using static AgentOperator.Controllers.Tests.Fixtures.Maps;

namespace AgentOperator.Controllers.Tests.Caching;

public sealed class ReflectorTests : IAsyncLifetime
{
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(800);

    private readonly FakeTimeProvider _time = new();
    private readonly ScriptedSource _source = new();
    private readonly ObjectStore<ConfigMap> _store = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Replay _replay;
    private readonly RecordingLogger<Reflector<ConfigMap>> _log = new();
    private readonly Reflector<ConfigMap> _reflector;
    private Task _run = Task.CompletedTask;

    public ReflectorTests()
    {
        _replay = new Replay(_store);
        _reflector = new Reflector<ConfigMap>(_source, _store, _time, new LowRandom(), _log);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _run;
        _stop.Dispose();
        _replay.Faults.ShouldBeEmpty();
        _replay.Items.Values.ShouldBe(_store.All, ignoreOrder: true);
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task The_store_is_filled_by_the_list_and_then_watched_from_its_version()
    {
        ScriptedWatch watch = await StartAsync(List("7", Map("a", "3"), Map("b", "5")));

        (await watch.From).ShouldBe("7");
        _reflector.State.ShouldBe(ReflectorState.Live);
        _store.All.Select(item => item.Metadata.Name).ShouldBe(["a", "b"], ignoreOrder: true);
        _replay.Told.ShouldBe(["+a@3", "+b@5"], ignoreOrder: true);
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task Events_change_the_store_and_are_told_with_what_was_before()
    {
        ScriptedWatch watch = await StartAsync(List("7"));

        watch.Send(Added(Map("a", "8")), Modified(Map("a", "9")), Added(Map("b", "10")), Deleted(Map("a", "11")));
        await _store.SeenAsync("11", Stop);

        _store.Find(Key("a")).ShouldBeNull();
        _store.Find(Key("b"))!.Metadata.ResourceVersion.ShouldBe("10");
        _replay.Told.ShouldBe(["+a@8", "~a@9", "+b@10", "-a@9"]);
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task After_a_normal_end_the_watch_goes_on_where_it_was_without_a_list()
    {
        ScriptedWatch watch = await StartAsync(List("7"));
        ScriptedWatch second = _source.Watches();
        ScriptedWatch third = _source.Watches();

        watch.Send(Added(Map("a", "8")), Bookmark("12")).End();

        (await second.From).ShouldBe("12");
        second.Send(Modified(Map("a", "13"))).End();
        (await third.From).ShouldBe("13");
        _source.ListCount.ShouldBe(1);
        _time.Pending.ShouldBeEmpty();
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task A_quiet_watch_that_lasted_ends_without_a_delay()
    {
        ScriptedWatch watch = await StartAsync(List("7"));
        ScriptedWatch second = _source.Watches();
        await watch.From;

        _time.Advance(Reflector<ConfigMap>.ShortestWatch);
        watch.End();

        (await second.From).ShouldBe("7");
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task A_watch_that_ends_at_once_and_tells_nothing_is_not_repeated_in_a_loop()
    {
        ScriptedWatch watch = await StartAsync(List("7"));
        ScriptedWatch second = _source.Watches();

        watch.End();
        await _time.WaitStartedAsync(FirstDelay, Stop);
        second.From.IsCompleted.ShouldBeFalse();
        _time.Advance(FirstDelay);

        (await second.From).ShouldBe("7");
        _source.ListCount.ShouldBe(1);
    }

    public static TheoryData<string> Cuts => ["broken", "silent", "http", "event 500", "event without code"];

    [Theory(Timeout = Limits.Hang)]
    [MemberData(nameof(Cuts))]
    public async Task After_a_cut_the_watch_goes_on_where_it_was_after_a_delay(string cut)
    {
        ScriptedWatch watch = await StartAsync(List("7"));
        ScriptedWatch second = _source.Watches();
        watch.Send(Added(Map("a", "8")));

        _ = cut switch
        {
            "broken" => watch.End(new IOException("cut")),
            "silent" => watch.End(new TimeoutException("silent")),
            "http" => watch.End(new HttpRequestException("refused")),
            "event 500" => watch.Send(Error(500, "InternalError"), Added(Map("never", "9"))),
            _ => watch.Send(Error(null), Added(Map("never", "9"))),
        };
        await _time.WaitStartedAsync(FirstDelay, Stop);
        second.From.IsCompleted.ShouldBeFalse();
        _time.Advance(FirstDelay);

        (await second.From).ShouldBe("8");
        _source.ListCount.ShouldBe(1);
        _store.Find(Key("never")).ShouldBeNull();
    }

    [Theory(Timeout = Limits.Hang)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_forgotten_version_is_listed_again_and_deletes_in_the_gap_are_told(bool asEvent)
    {
        ScriptedWatch watch = await StartAsync(List("7", Map("kept", "3"), Map("changed", "4"), Map("gone", "5"), Map("again", "6", "u-1")));
        _source.Lists(List("20", Map("kept", "3"), Map("changed", "14"), Map("new", "15"), Map("again", "16", "u-2")));
        ScriptedWatch second = _source.Watches();

        _ = asEvent ? watch.Send(Error(410, "Expired")) : watch.End(Refusal(410, "Expired"));
        await _time.WaitStartedAsync(FirstDelay, Stop);
        _time.Advance(FirstDelay);

        (await second.From).ShouldBe("20");
        _replay.Told.Skip(4).ShouldBe(["-gone@5", "-again@6", "+again@16", "~changed@14", "+new@15"], ignoreOrder: true);
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task A_version_ahead_of_the_server_is_listed_again()
    {
        ScriptedWatch watch = await StartAsync(List("7", Map("a", "3")));
        _source.Lists(List("5", Map("a", "2")));
        ScriptedWatch second = _source.Watches();
        Kube.Models.Status ahead = new()
        {
            Code = 504,
            Reason = "Timeout",
            Message = "Too large resource version",
            Details = new Kube.Models.StatusDetails { Causes = [new Kube.Models.StatusCause { Reason = "ResourceVersionTooLarge" }] },
        };

        watch.End(new KubeApiException(ahead));
        await _time.WaitStartedAsync(FirstDelay, Stop);
        _time.Advance(FirstDelay);

        (await second.From).ShouldBe("5");
        _store.Find(Key("a"))!.Metadata.ResourceVersion.ShouldBe("2");
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task A_name_used_again_is_told_as_a_deletion_and_a_creation()
    {
        ScriptedWatch watch = await StartAsync(List("7", Map("a", "3", "u-1")));

        watch.Send(Modified(Map("a", "9", "u-2")));
        await _store.SeenAsync("9", Stop);

        _replay.Told.ShouldBe(["+a@3", "-a@3", "+a@9"]);
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task An_object_that_cannot_be_read_keeps_its_last_readable_state()
    {
        ScriptedWatch watch = await StartAsync(List("7", Map("a", "3")));
        _source.Lists(new KubeList<ConfigMap>(new() { ResourceVersion = "20" }, [], [Unreadable("a", "8"), Unreadable("never read", "9")]));
        ScriptedWatch second = _source.Watches();

        watch.Send(Broken(Unreadable("a", "8")));
        await _store.SeenAsync("8", Stop);
        _store.Find(Key("a"))!.Metadata.ResourceVersion.ShouldBe("3");
        watch.End(Refusal(410, "Expired"));
        await _time.WaitStartedAsync(FirstDelay, Stop);
        _time.Advance(FirstDelay);
        await second.From;

        _store.Find(Key("a"))!.Metadata.ResourceVersion.ShouldBe("3");
        _store.Find(Key("never read")).ShouldBeNull();
        _replay.Told.ShouldBe(["+a@3"]);
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task An_object_that_cannot_be_read_is_deleted_like_any_other()
    {
        ScriptedWatch watch = await StartAsync(List("7", Map("a", "3")));

        watch.Send(DeletedUnreadable(Unreadable("a", "8")));
        await _store.SeenAsync("8", Stop);

        _replay.Told.ShouldBe(["+a@3", "-a@3"]);
    }

    [Theory(Timeout = Limits.Hang)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_last_readable_state_of_another_object_under_the_name_is_not_kept(bool byList)
    {
        ScriptedWatch watch = await StartAsync(List("7", Map("a", "3", "u-1")));
        _source.Lists(new KubeList<ConfigMap>(new() { ResourceVersion = "20" }, [], [Unreadable("a", "8", "u-2")]));
        ScriptedWatch second = _source.Watches();

        if (byList)
        {
            watch.End(Refusal(410, "Expired"));
            await _time.WaitStartedAsync(FirstDelay, Stop);
            _time.Advance(FirstDelay);
            await second.From;
        }
        else
        {
            watch.Send(Broken(Unreadable("a", "8", "u-2")));
            await _store.SeenAsync("8", Stop);
        }

        _replay.Told.ShouldBe(["+a@3", "-a@3"]);
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task Readers_see_the_old_content_until_the_new_list_is_complete()
    {
        ScriptedWatch watch = await StartAsync(List("7", Map("old", "3")));
        TaskCompletionSource<KubeList<ConfigMap>> list = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _source.Lists(() => list.Task);
        ScriptedWatch second = _source.Watches();
        List<string> during = [];
        _store.Subscribe((_, _) => during.Add(string.Join(',', _store.All.Select(item => item.Metadata.Name).Order())));

        watch.End(Refusal(410, "Expired"));
        await _time.WaitStartedAsync(FirstDelay, Stop);
        _time.Advance(FirstDelay);
        await Eventually.HoldsAsync(() => _source.ListCount == 2, Stop);
        _reflector.State.ShouldBe(ReflectorState.Listing);
        _store.Find(Key("old")).ShouldNotBeNull();
        list.SetResult(List("20", Map("new", "15"), Map("newer", "16")));
        await second.From;

        during.ShouldAllBe(names => names == "new,newer");
        during.Count.ShouldBe(3);
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task A_failing_list_is_repeated_later_and_later_up_to_half_a_minute()
    {
        double[] seconds = [0.8, 1.6, 3.2, 6.4, 12.8, 25.6, 30, 30];
        _run = _reflector.RunAsync(_stop.Token);
        foreach (double wait in seconds)
        {
            _source.FailsToList(new HttpRequestException("refused"));
            await _time.WaitStartedAsync(TimeSpan.FromSeconds(wait), Stop);
            _reflector.Synced.IsCompleted.ShouldBeFalse();
            _time.Advance(TimeSpan.FromSeconds(wait));
        }

        _source.Lists(List("7"));
        await _reflector.Synced.WaitAsync(Stop);
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task A_kind_that_is_not_served_is_asked_for_every_ten_seconds_and_comes_alive_when_it_is()
    {
        _run = _reflector.RunAsync(_stop.Token);
        for (int i = 0; i < 5; i++)
        {
            _source.FailsToList(new KubeApiException(new Kube.Models.Status { Code = 404, Message = "404 page not found" }));
            await _time.WaitStartedAsync(TimeSpan.FromSeconds(10), Stop);
            _time.Advance(TimeSpan.FromSeconds(10));
        }

        _source.Lists(List("7"));
        await _reflector.Synced.WaitAsync(Stop);
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task Delays_start_small_again_after_a_time_without_failures()
    {
        ScriptedWatch watch = await StartAsync(List("7"));
        foreach (double wait in (double[])[0.8, 1.6, 3.2])
        {
            ScriptedWatch next = _source.Watches();
            watch.End(new IOException("cut"));
            await _time.WaitStartedAsync(TimeSpan.FromSeconds(wait), Stop);
            _time.Advance(TimeSpan.FromSeconds(wait));
            await next.From;
            watch = next;
        }

        _time.Advance(TimeSpan.FromMinutes(10));
        watch.End(new IOException("cut"));

        await _time.WaitStartedAsync(FirstDelay, Stop);
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task An_event_without_a_version_is_a_broken_watch_and_changes_nothing()
    {
        ScriptedWatch watch = await StartAsync(List("7"));

        watch.Send(new WatchEvent<ConfigMap>(WatchEventType.Added, Map("a", "8"), null));
        await _time.WaitStartedAsync(FirstDelay, Stop);

        _store.Count.ShouldBe(0);
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task A_right_that_is_missing_is_named_once_and_the_reflector_comes_alive_when_it_is_granted()
    {
        _source.FailsToList(Refusal(403, "Forbidden"));
        _source.FailsToList(Refusal(403, "Forbidden"));
        _source.Lists(List("7", Map("a", "3")));
        _run = _reflector.RunAsync(_stop.Token);
        await _time.WaitStartedAsync(FirstDelay, Stop);
        _reflector.Problem.ShouldBe("list: from the script");
        _time.Advance(FirstDelay);
        await _time.WaitStartedAsync(2 * FirstDelay, Stop);
        _time.Advance(2 * FirstDelay);
        await _reflector.Synced.WaitAsync(Stop);

        _log.Lines.ShouldBe(
        [
            "Warning: Forbidden: this account may not list configmaps in all namespaces; trying again until it may: from the script",
            "Information: configmaps in all namespaces: works again after: list: from the script",
        ]);
        _log.Errors.ShouldBeEmpty();
        _reflector.Problem.ShouldBeNull();
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task A_watch_that_is_forbidden_is_told_as_one_and_does_not_list_again()
    {
        (await StartAsync(List("7"))).End(Refusal(403, "Forbidden"));
        await _time.WaitStartedAsync(FirstDelay, Stop);

        _log.Lines.Single().ShouldStartWith("Warning: Forbidden: this account may not watch configmaps in all namespaces");
        _source.ListCount.ShouldBe(1);
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task A_server_that_stays_away_is_one_line_and_each_other_trouble_another()
    {
        foreach (Exception failure in (Exception[])[new HttpRequestException("refused"), new HttpRequestException("refused"), Refusal(500, "InternalError"), new HttpRequestException("refused")])
        {
            _source.FailsToList(failure);
        }

        _run = _reflector.RunAsync(_stop.Token);
        for (int i = 0; i < 4; i++)
        {
            await _time.WaitStartedAsync(FirstDelay * (1 << i), Stop);
            _time.Advance(FirstDelay * (1 << i));
        }

        await Eventually.HoldsAsync(() => _source.ListCount == 5, Stop);
        _log.Lines.ShouldBe(
        [
            "Warning: configmaps in all namespaces: list failed, trying again: refused",
            "Warning: configmaps in all namespaces: list failed, trying again: from the script",
            "Warning: configmaps in all namespaces: list failed, trying again: refused",
        ]);
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task A_line_that_can_never_be_read_ends_in_a_list_and_not_in_a_loop()
    {
        (await StartAsync(List("7"))).End(new System.Text.Json.JsonException("odd"));
        for (int i = 1; i < Reflector<ConfigMap>.TriesAtOnePlace; i++)
        {
            await _time.WaitStartedAsync(FirstDelay * (1 << (i - 1)), Stop);
            ScriptedWatch again = _source.Watches();
            _time.Advance(FirstDelay * (1 << (i - 1)));
            (await again.From).ShouldBe("7");
            again.End(new System.Text.Json.JsonException("odd"));
        }

        await _time.WaitStartedAsync(FirstDelay * 4, Stop);
        _source.Lists(List("9", Map("a", "8")));
        ScriptedWatch after = _source.Watches();
        _time.Advance(FirstDelay * 4);

        (await after.From).ShouldBe("9");
        _store.Find(Key("a")).ShouldNotBeNull();
        _log.Lines.ShouldContain("Error: configmaps in all namespaces: what follows version 7 cannot be read; listing again: odd");
    }

    [Theory(Timeout = Limits.Hang)]
    [InlineData("list")]
    [InlineData("watch")]
    [InlineData("delay")]
    public async Task A_reflector_stops_when_told_whatever_it_is_doing(string during)
    {
        if (during == "list")
        {
            _run = _reflector.RunAsync(_stop.Token);
        }
        else
        {
            ScriptedWatch watch = await StartAsync(List("7"));
            await watch.From;
            if (during == "delay")
            {
                watch.End(new IOException("cut"));
                await _time.WaitStartedAsync(FirstDelay, Stop);
            }
        }

        await _stop.CancelAsync();

        await _run.WaitAsync(Stop);
    }

    private async Task<ScriptedWatch> StartAsync(KubeList<ConfigMap> list)
    {
        ScriptedWatch watch = _source.Watches();
        _source.Lists(list);
        _run = _reflector.RunAsync(_stop.Token);
        await _reflector.Synced.WaitAsync(Stop);
        return watch;
    }
}
