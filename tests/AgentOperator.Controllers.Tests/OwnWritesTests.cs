using AgentOperator.Controllers.Caching;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Core;
using AgentOperator.Testing;
using static AgentOperator.Controllers.Tests.Fixtures.Maps;

namespace AgentOperator.Controllers.Tests;

public sealed class OwnWritesTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly ObjectStore<ConfigMap> _store = new();
    private readonly OwnWrites _writes;

    public OwnWritesTests()
    {
        _writes = new OwnWrites(_time);
        _store.Replace([], [], "9");
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact(Timeout = Limits.Hang)]
    public async Task A_key_without_writes_is_settled()
    {
        await _writes.SettledAsync(Key("a"), Stop);
        _time.Pending.ShouldBeEmpty();
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task A_key_is_settled_once_all_of_its_writes_are_in_their_stores()
    {
        ObjectStore<ConfigMap> other = new();
        other.Replace([], [], "9");
        _writes.Record(Key("a"), _store, "12");
        _writes.Record(Key("a"), other, "11");
        _writes.Record(Key("a"), _store, null);

        Task settled = _writes.SettledAsync(Key("a"), Stop);
        other.Reached("11");
        settled.IsCompleted.ShouldBeFalse();
        _store.Reached("11");
        settled.IsCompleted.ShouldBeFalse();
        _store.Reached("12");

        await settled;
        _time.Pending.ShouldBeEmpty();
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task A_write_in_another_namespace_is_looked_for_there()
    {
        ObjectStore<ConfigMap> followed = new();
        followed.Replace([], [], "9", "n");
        followed.Replace([], [], "9", "operators");
        _writes.Record(new ObjectKey("n", "a"), followed, "12", "operators");

        Task settled = _writes.SettledAsync(new ObjectKey("n", "a"), Stop);
        followed.Reached("12", "n");
        settled.IsCompleted.ShouldBeFalse();
        followed.Reached("12", "operators");

        await settled;
    }

    [Fact]
    public void Writes_of_one_key_do_not_hold_up_another()
    {
        _writes.Record(Key("a"), _store, "12");

        _writes.SettledAsync(Key("b"), Stop).IsCompletedSuccessfully.ShouldBeTrue();
    }

    [Fact]
    public void A_write_that_is_in_the_store_already_is_not_waited_for()
    {
        _writes.Record(Key("a"), _store, "9");

        _writes.SettledAsync(Key("a"), Stop).IsCompletedSuccessfully.ShouldBeTrue();
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task A_store_that_does_not_catch_up_is_a_timeout_and_the_write_stays_noted()
    {
        _writes.Record(Key("a"), _store, "12");

        for (int i = 0; i < 3; i++)
        {
            Task settled = _writes.SettledAsync(Key("a"), Stop);
            _time.Advance(OwnWrites.Patience - TimeSpan.FromMilliseconds(1));
            settled.IsCompleted.ShouldBeFalse();
            _time.Advance(TimeSpan.FromMilliseconds(1));
            (await Should.ThrowAsync<TimeoutException>(() => settled)).Message.ShouldContain("ns/a");
        }

        _store.Waiting.ShouldBe(1);
        _store.Reached("12");
        await _writes.SettledAsync(Key("a"), Stop);
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task A_stop_is_a_cancellation_and_no_timeout()
    {
        using CancellationTokenSource stop = new();
        _writes.Record(Key("a"), _store, "12");
        Task settled = _writes.SettledAsync(Key("a"), stop.Token);

        await stop.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => settled);
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task A_write_that_a_restore_of_the_server_took_back_lets_its_key_go()
    {
        _writes.Record(Key("a"), _store, "12");
        Task settled = _writes.SettledAsync(Key("a"), Stop);

        _store.BeginReplace();
        _store.Replace([], [], "5");

        await settled;
    }
}
