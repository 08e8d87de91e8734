using AgentOperator.Controllers.Caching;
using AgentOperator.Controllers.Tests.Fixtures;
using AgentOperator.Kube;
using AgentOperator.Kube.Models.Core;
using AgentOperator.Testing;
using static AgentOperator.Controllers.Tests.Fixtures.Maps;

namespace AgentOperator.Controllers.Tests.Caching;

/// <summary>What the server does wrong, and what the log says of it.</summary>
public sealed class ReflectorTroubleTests : ReflectorScript
{
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
    public async Task A_definition_that_is_removed_and_installed_again_is_two_lines_and_its_objects_are_told()
    {
        ScriptedWatch watch = await StartAsync(List("7", Map("a", "3")));
        watch.Send(Deleted(Map("a", "8"))).End(Refusal(404, "NotFound"));
        for (int i = 0; i < 3; i++)
        {
            await _time.WaitStartedAsync(TimeSpan.FromSeconds(10), Stop);
            _reflector.Problem.ShouldNotBeNull();
            _source.FailsToList(Refusal(404, "NotFound"));
            _time.Advance(TimeSpan.FromSeconds(10));
        }

        await _time.WaitStartedAsync(TimeSpan.FromSeconds(10), Stop);
        _source.Lists(List("20", Map("a", "15", "u-2")));
        ScriptedWatch second = _source.Watches();
        _time.Advance(TimeSpan.FromSeconds(10));
        await second.From;

        _reflector.Problem.ShouldBeNull();
        _replay.Told.ShouldBe(["+a@3", "-a@3", "+a@15"]);
        _log.Lines.ShouldBe(
        [
            "Error: configmaps is not served by the API server: is its CustomResourceDefinition installed? Looking again every 10 s",
            "Information: configmaps in all namespaces: works again after: it is not served by the API server",
        ]);
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
}
