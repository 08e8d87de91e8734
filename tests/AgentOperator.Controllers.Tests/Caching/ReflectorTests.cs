using AgentOperator.Controllers.Caching;
using AgentOperator.Controllers.Tests.Fixtures;
using AgentOperator.Kube;
using AgentOperator.Kube.Models.Core;
using AgentOperator.Testing;
using static AgentOperator.Controllers.Tests.Fixtures.Maps;

namespace AgentOperator.Controllers.Tests.Caching;

public sealed class ReflectorTests : ReflectorScript
{
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

    public static TheoryData<string> Cuts => ["broken", "silent", "http", "event 429", "event 500", "event 504", "event without code"];

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
            "event 429" => watch.Send(Error(429, "TooManyRequests"), Added(Map("never", "9"))),
            "event 500" => watch.Send(Error(500, "InternalError"), Added(Map("never", "9"))),
            "event 504" => watch.Send(Error(504, "Timeout"), Added(Map("never", "9"))),
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
        during.Clear();

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
}
