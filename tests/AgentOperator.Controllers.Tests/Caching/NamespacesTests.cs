using AgentOperator.Controllers.Caching;
using AgentOperator.Controllers.Tests.Fixtures;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Core;
using AgentOperator.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using static AgentOperator.Controllers.Tests.Fixtures.Maps;

namespace AgentOperator.Controllers.Tests.Caching;

/// <summary>Several namespaces are several lists and watches into one store.</summary>
public sealed class NamespacesTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new();
    private readonly ScriptedSource _first = new() { Namespace = "one" };
    private readonly ScriptedSource _second = new() { Namespace = "two" };
    private readonly ObjectStore<ConfigMap> _store = new(static map => map.Label("owner"));
    private readonly CancellationTokenSource _stop = new();
    private readonly Replay _replay;
    private readonly Reflector<ConfigMap>[] _reflectors;
    private readonly Task _run;

    public NamespacesTests()
    {
        _replay = new Replay(_store);
        _reflectors =
        [
            new(_first, _store, _time, new LowRandom(), NullLogger<Reflector<ConfigMap>>.Instance),
            new(_second, _store, _time, new LowRandom(), NullLogger<Reflector<ConfigMap>>.Instance),
        ];
        _run = Task.WhenAll(_reflectors.Select(reflector => reflector.RunAsync(_stop.Token)));
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
    public async Task The_store_holds_what_is_in_all_of_them_and_each_is_ready_by_itself()
    {
        _first.Lists(List("7", In("one", "a", "3", "x")));
        await _reflectors[0].Synced.WaitAsync(Stop);
        _reflectors[1].Synced.IsCompleted.ShouldBeFalse();

        _second.Lists(List("9", In("two", "a", "8", "x")));
        await _reflectors[1].Synced.WaitAsync(Stop);

        _store.Count.ShouldBe(2);
        _store.Indexed("x").Keys.ShouldBe([new ObjectKey("one", "a"), new ObjectKey("two", "a")], ignoreOrder: true);
        _reflectors[1].Description.ShouldBe("configmaps in namespace two");
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task A_list_of_one_deletes_nothing_in_another()
    {
        _first.Lists(List("7", In("one", "a", "3", "x")));
        _second.Lists(List("9", In("two", "a", "8", "x"), In("two", "b", "8", "x")));
        ScriptedWatch watch = _second.Watches();
        await Task.WhenAll(_reflectors.Select(static reflector => reflector.Synced)).WaitAsync(Stop);
        _second.Lists(List("20", In("two", "b", "8", "x")));
        watch.End(Refusal(410, "Expired"));
        await _time.WaitStartedAsync(TimeSpan.FromMilliseconds(800), Stop);
        _time.Advance(TimeSpan.FromMilliseconds(800));
        await _store.SeenAsync("20", "two", Stop);

        _store.All.Select(static map => map.Key().ToString()).ShouldBe(["one/a", "two/b"], ignoreOrder: true);
        _store.Indexed("x").Count.ShouldBe(2);
        _replay.Told.ShouldBe(["+a@3", "+a@8", "+b@8", "-a@8"], ignoreOrder: true);
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task A_write_is_waited_for_where_it_was_made()
    {
        _first.Lists(List("7"));
        _second.Lists(List("9"));
        ScriptedWatch[] watches = [_first.Watches(), _second.Watches()];
        await Task.WhenAll(_reflectors.Select(static reflector => reflector.Synced)).WaitAsync(Stop);

        Task written = _store.SeenAsync("12", "one", Stop);
        Task anywhere = _store.SeenAsync("12", null, Stop);
        watches[1].Send(Bookmark("50"));
        await _store.SeenAsync("50", "two", Stop);
        written.IsCompleted.ShouldBeFalse();
        watches[0].Send(Added(In("one", "a", "12", "x")));

        await written.WaitAsync(Stop);
        await anywhere.WaitAsync(Stop);
        await _store.SeenAsync("99", "a namespace that is not followed", Stop);
    }

    private static ConfigMap In(string ns, string name, string version, string owner) => Map(name, version, $"{ns}-{name}", owner, ns);
}
