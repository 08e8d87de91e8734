using AgentOperator.Controllers.Caching;
using AgentOperator.Controllers.Tests.Fixtures;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Core;
using AgentOperator.Testing;
using static AgentOperator.Controllers.Tests.Fixtures.Maps;

namespace AgentOperator.Controllers.Tests.Caching;

public sealed class ObjectStoreTests
{
    private readonly ObjectStore<ConfigMap> _store = new(static item => item.Label("owner"));

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public void The_index_follows_additions_moves_and_removals()
    {
        _store.Set(Map("a", "1", owner: "x"), "1");
        _store.Set(Map("b", "2", owner: "x"), "2");
        _store.Set(Map("c", "3"), "3");
        Names("x").ShouldBe(["a", "b"]);

        _store.Set(Map("a", "4", owner: "y"), "4");
        Names("x").ShouldBe(["b"]);
        Names("y").ShouldBe(["a"]);

        _store.Remove(Key("b"), "5");
        Names("x").ShouldBeEmpty();
        _store.Set(Map("a", "6"), "6");
        Names("y").ShouldBeEmpty();
        _store.Count.ShouldBe(2);
    }

    [Fact]
    public void The_index_is_swapped_together_with_the_objects()
    {
        _store.Set(Map("a", "1", owner: "x"), "1");
        _store.Set(Map("b", "2", owner: "x"), "2");

        _store.Replace([Map("c", "7", owner: "x")], [Unreadable("b", "6")], "9");

        Names("x").ShouldBe(["b", "c"]);
    }

    [Fact]
    public void What_a_reader_got_from_the_index_does_not_change_under_it()
    {
        _store.Set(Map("a", "1", owner: "x"), "1");
        System.Collections.Immutable.ImmutableDictionary<ObjectKey, ConfigMap> read = _store.Indexed("x");

        _store.Set(Map("b", "2", owner: "x"), "2");
        _store.Remove(Key("a"), "3");

        read.Keys.ShouldBe([Key("a")]);
    }

    [Fact]
    public void Removing_what_is_not_there_tells_nobody()
    {
        Replay replay = new(_store);

        _store.Remove(Key("a"), "3");

        replay.Told.ShouldBeEmpty();
    }

    [Fact]
    public void A_list_that_shows_nothing_new_tells_nobody()
    {
        _store.Set(Map("a", "1"), "1");
        Replay replay = new(_store);

        _store.Replace([Map("a", "1")], [], "9");

        replay.Told.ShouldBeEmpty();
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task A_write_has_been_seen_once_the_store_is_at_its_version()
    {
        Task early = _store.SeenAsync("5", Stop);
        _store.Replace([], [], "9");
        await early;

        Task write = _store.SeenAsync("100", Stop);
        _store.Set(Map("a", "99"), "99");
        write.IsCompleted.ShouldBeFalse();
        _store.Set(Map("a", "100"), "100");
        await write;

        _store.SeenAsync("100", Stop).IsCompletedSuccessfully.ShouldBeTrue();
        _store.SeenAsync("12", Stop).IsCompletedSuccessfully.ShouldBeTrue();
        _store.SeenAsync("101", Stop).IsCompleted.ShouldBeFalse();
    }

    [Theory(Timeout = Limits.Hang)]
    [InlineData("bookmark")]
    [InlineData("deletion")]
    [InlineData("unreadable")]
    [InlineData("list")]
    public async Task Whatever_moves_the_version_on_ends_the_wait(string what)
    {
        _store.Replace([Map("a", "3")], [], "9");
        Task write = _store.SeenAsync("10", Stop);

        switch (what)
        {
            case "bookmark":
                _store.Reached("12");
                break;
            case "deletion":
                _store.Remove(Key("a"), "12");
                break;
            case "unreadable":
                _store.Keep(Unreadable("a", "12"), "12");
                break;
            default:
                _store.Replace([], [], "12");
                break;
        }

        await write;
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task Subscribers_hear_of_a_change_before_the_wait_for_it_ends()
    {
        bool told = false;
        _store.Subscribe((_, _) => told = !_store.SeenAsync("5", Stop).IsCompleted);
        Task seen = _store.SeenAsync("5", Stop);

        _store.Set(Map("a", "5"), "5");

        await seen;
        told.ShouldBeTrue();
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task A_write_that_a_restore_of_the_server_took_back_is_not_waited_for_for_ever()
    {
        _store.Replace([], [], "1000");
        Task lost = _store.SeenAsync("1001", Stop);

        _store.BeginReplace();
        Task duringTheList = _store.SeenAsync("1002", Stop);
        _store.Replace([], [], "400");

        await lost;
        duringTheList.IsCompleted.ShouldBeFalse();
        _store.BeginReplace();
        _store.Replace([], [], "401");
        await duringTheList;
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task A_cancelled_wait_ends_and_leaves_nothing_behind()
    {
        using CancellationTokenSource cancelled = new();
        _store.Replace([], [], "9");
        Task write = _store.SeenAsync("10", cancelled.Token);
        _store.Waiting.ShouldBe(1);

        await cancelled.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => write);
        _store.Waiting.ShouldBe(0);
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task Who_subscribes_late_gets_everything_once_and_then_what_changes()
    {
        _store.Replace([.. Enumerable.Range(0, 100).Select(i => Map($"old-{i}", "1"))], [], "1");
        using CancellationTokenSource stop = new();
        Task writing = Task.Run(
            () =>
            {
                for (int i = 0; !stop.IsCancellationRequested; i++)
                {
                    string version = $"{i + 2}";
                    _store.Set(Map($"new-{i % 50}", version), version);
                    _store.Remove(Key($"new-{(i + 25) % 50}"), version);
                }
            },
            Stop);

        // The replay finds what was told twice, what was told in the wrong order, and what was not told.
        List<Replay> late = [];
        for (int i = 0; i < 20; i++)
        {
            late.Add(new Replay(_store));
            await Task.Yield();
        }

        await stop.CancelAsync();
        await writing;

        foreach (Replay replay in late)
        {
            replay.Faults.ShouldBeEmpty();
            replay.Items.Values.ShouldBe(_store.All, ignoreOrder: true);
        }
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task Readers_never_see_half_of_a_list()
    {
        const int Rounds = 2_000;
        ConfigMap[] even = [.. Enumerable.Range(0, 20).Select(i => Map($"m{i}", "2", owner: "even"))];
        ConfigMap[] odd = [.. Enumerable.Range(0, 20).Select(i => Map($"m{i}", "3", owner: "odd"))];
        _store.Replace(even, [], "2");
        bool writing = true;
        Task<int> reader = Task.Run(
            () =>
            {
                int torn = 0;
                while (Volatile.Read(ref writing))
                {
                    torn += _store.All.Select(item => item.Label("owner")).Distinct().Count() == 1 ? 0 : 1;
                    torn += _store.Indexed("even").Count is 0 or 20 ? 0 : 1;
                }

                return torn;
            },
            Stop);

        for (int i = 0; i < Rounds; i++)
        {
            _store.Replace(i % 2 == 0 ? odd : even, [], $"{i + 4}");
        }

        Volatile.Write(ref writing, false);
        (await reader).ShouldBe(0);
    }

    private IEnumerable<string?> Names(string owner) => _store.Indexed(owner).Values.Select(item => item.Metadata.Name).Order();
}
