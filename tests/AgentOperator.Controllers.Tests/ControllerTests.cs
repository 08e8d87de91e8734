using System.Collections.Concurrent;
using AgentOperator.Controllers.Caching;
using AgentOperator.Controllers.Tests.Fixtures;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Core;
using AgentOperator.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using static AgentOperator.Controllers.Tests.Fixtures.Maps;

namespace AgentOperator.Controllers.Tests;

public sealed class ControllerTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new();
    private readonly ObjectStore<ConfigMap> _store = new();
    private readonly OwnWrites _writes;
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<string> _reconciled = new();
    private Controller<ConfigMap>? _controller;
    private Task _run = Task.CompletedTask;

    public ControllerTests() => _writes = new OwnWrites(_time);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _run;
        _controller?.Dispose();
        _stop.Dispose();
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task A_change_of_an_object_reconciles_it()
    {
        Start(Always(Outcome.Done));

        _store.Set(Map("a", "1"), "1");
        await ReconciledAsync("a");
        _store.Set(Map("a", "2"), "2");
        await ReconciledAsync("a", "a");
        _store.Remove(Key("a"), "3");
        await ReconciledAsync("a", "a", "a");
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task A_change_of_what_belongs_to_an_object_reconciles_the_owner_and_after_a_move_both()
    {
        ObjectStore<ConfigMap> children = new();
        Start(Always(Outcome.Done), controller => controller.Watch(children, static child => child.Label("owner") is { } owner ? Key(owner) : null));

        children.Set(Map("child", "1"), "1");
        children.Set(Map("child", "2", owner: "a"), "2");
        await ReconciledAsync("a");
        children.Set(Map("child", "3", owner: "b"), "3");
        await ReconciledAsync("a", "a", "b");
        children.Remove(Key("child"), "4");
        await ReconciledAsync("a", "a", "b", "b");
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task What_happens_goes_before_the_initial_list()
    {
        TaskCompletionSource first = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Start(
            async (_, _) =>
            {
                await first.Task;
                return Outcome.Done;
            },
            beforeStart: () => _store.Replace([.. Enumerable.Range(0, 50).Select(i => Map($"initial-{i:00}", "1"))], [], "1"));
        await Eventually.HoldsAsync(() => _reconciled.Count == 1, Stop);

        _store.Set(Map("live", "2"), "2");
        first.SetResult();
        await Eventually.HoldsAsync(() => _reconciled.Count == 51, Stop);

        _reconciled.ElementAt(1).ShouldBe("live");
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task One_object_is_reconciled_by_one_worker_and_others_meanwhile()
    {
        TaskCompletionSource slow = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Start(
            async (key, _) =>
            {
                if (key == Key("slow"))
                {
                    await slow.Task;
                }

                return Outcome.Done;
            },
            workers: 2);

        _store.Set(Map("slow", "1"), "1");
        await ReconciledAsync("slow");
        _store.Set(Map("slow", "2"), "2");
        _store.Set(Map("a", "3"), "3");
        _store.Set(Map("b", "4"), "4");
        await ReconciledAsync("slow", "a", "b");
        slow.SetResult();

        await ReconciledAsync("slow", "a", "b", "slow");
    }

    [Theory(Timeout = Limits.Hang)]
    [InlineData("throws")]
    [InlineData("throws at once")]
    [InlineData("cancelled by something else")]
    [InlineData("retry")]
    [InlineData("conflict")]
    public async Task A_failure_is_tried_again_with_backoff_and_does_not_stop_others(string failure)
    {
        Start(async (key, _) =>
        {
            if (key != Key("bad"))
            {
                return Outcome.Done;
            }

            if (failure != "throws at once")
            {
                await Task.Yield();
            }

            return failure switch
            {
                "retry" => Outcome.Retry(new InvalidOperationException("from the test")),
                "conflict" => throw Refusal(409, "Conflict"),
                "cancelled by something else" => throw new TaskCanceledException("from the test"),
                _ => throw new InvalidOperationException("from the test"),
            };
        });

        _store.Set(Map("bad", "1"), "1");
        await _time.WaitStartedAsync(TimeSpan.FromMilliseconds(6), Stop);
        _store.Set(Map("good", "2"), "2");
        await ReconciledAsync("bad", "good");
        _time.Advance(TimeSpan.FromMilliseconds(6));
        await ReconciledAsync("bad", "good", "bad");
        await _time.WaitStartedAsync(TimeSpan.FromMilliseconds(11), Stop);
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task A_success_makes_the_next_failure_the_first_again()
    {
        Queue<Outcome> outcomes = new([Outcome.Retry(new IOException("1")), Outcome.Retry(new IOException("2")), Outcome.Done, Outcome.Retry(new IOException("3"))]);
        Start((_, _) => Task.FromResult(outcomes.Dequeue()));

        _store.Set(Map("a", "1"), "1");
        foreach (int wait in (int[])[6, 11])
        {
            await _time.WaitStartedAsync(TimeSpan.FromMilliseconds(wait), Stop);
            _time.Advance(TimeSpan.FromMilliseconds(wait));
        }

        await ReconciledAsync("a", "a", "a");
        _store.Set(Map("a", "2"), "2");

        await _time.WaitStartedAsync(TimeSpan.FromMilliseconds(6), Stop);
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task Only_a_change_brings_back_what_failed_for_good()
    {
        Start(Always(Outcome.Terminal(new InvalidOperationException("from the test"))));

        _store.Set(Map("a", "1"), "1");
        await ReconciledAsync("a");
        _store.Set(Map("b", "2"), "2");
        await ReconciledAsync("a", "b");
        _time.Pending.ShouldBeEmpty();
        _store.Set(Map("a", "3"), "3");
        await ReconciledAsync("a", "b", "a");
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task After_a_time_the_object_is_looked_at_again()
    {
        Start(Always(Outcome.After(TimeSpan.FromMinutes(1))));

        _store.Set(Map("a", "1"), "1");
        TimeSpan wait = TimeSpan.FromMinutes(1) + TimeSpan.FromMilliseconds(1);
        await _time.WaitStartedAsync(wait, Stop);
        _reconciled.ShouldBe(["a"]);
        _time.Advance(wait);

        await ReconciledAsync("a", "a");
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task Again_means_at_once()
    {
        int left = 3;
        Start((_, _) => Task.FromResult(--left > 0 ? Outcome.Again : Outcome.Done));

        _store.Set(Map("a", "1"), "1");

        await ReconciledAsync("a", "a", "a");
        _time.Pending.ShouldBeEmpty();
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task A_reconcile_waits_until_the_store_shows_what_the_last_one_wrote()
    {
        ConcurrentQueue<string?> saw = new();
        Start((key, _) =>
        {
            saw.Enqueue(_store.Find(key)?.Metadata.ResourceVersion);
            if (saw.Count == 1)
            {
                _writes.Record(key, _store, "5");
            }

            return Task.FromResult(Outcome.Done);
        });

        _store.Set(Map("a", "1"), "1");
        await Eventually.HoldsAsync(() => saw.Count == 1, Stop);
        _store.Set(Map("a", "2"), "2");
        await _time.WaitStartedAsync(OwnWrites.Patience, Stop);
        saw.Count.ShouldBe(1);
        _store.Set(Map("a", "5"), "5");
        await Eventually.HoldsAsync(() => saw.Count >= 2, Stop);

        saw.ElementAt(1).ShouldBe("5");
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task A_store_that_stays_behind_puts_the_reconcile_off()
    {
        _writes.Record(Key("a"), _store, "5");
        Start(Always(Outcome.Done));

        _store.Set(Map("a", "1"), "1");
        await _time.WaitStartedAsync(OwnWrites.Patience, Stop);
        _time.Advance(OwnWrites.Patience);
        await _time.WaitStartedAsync(TimeSpan.FromMilliseconds(6), Stop);
        _reconciled.ShouldBeEmpty();
        _store.Reached("5");
        _time.Advance(TimeSpan.FromMilliseconds(6));

        await ReconciledAsync("a");
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task An_owner_that_cannot_be_told_costs_neither_the_store_nor_other_watchers_their_change()
    {
        ObjectStore<ConfigMap> children = new();
        Start(
            Always(Outcome.Done),
            controller => controller
                .Watch(children, static child => child.Metadata.Name == "odd" ? throw new InvalidOperationException("from the test") : Key("first"))
                .Watch(children, static _ => Key("second")));

        Should.NotThrow(() => children.Set(Map("odd", "1"), "1"));
        await ReconciledAsync("second");
        children.Set(Map("even", "2"), "2");

        await ReconciledAsync("second", "first", "second");
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task A_stop_takes_nothing_new_and_waits_for_what_is_under_way()
    {
        TaskCompletionSource end = new(TaskCreationOptions.RunContinuationsAsynchronously);
        TaskCompletionSource<CancellationToken> given = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Start(async (_, cancellation) =>
        {
            given.TrySetResult(cancellation);
            await end.Task;
            return Outcome.Done;
        });
        _store.Set(Map("a", "1"), "1");
        CancellationToken cancellation = await given.Task.WaitAsync(Stop);
        _store.Set(Map("b", "2"), "2");

        await _stop.CancelAsync();
        bool asked = cancellation.IsCancellationRequested;
        bool ended = _run.IsCompleted;
        end.SetResult();
        (asked, ended).ShouldBe((true, false));
        await _run.WaitAsync(Stop);

        _reconciled.ShouldBe(["a"]);
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task A_reconcile_that_a_stop_cancels_is_no_failure()
    {
        Start(async (_, cancellation) =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, _time, cancellation);
            return Outcome.Done;
        });
        _store.Set(Map("a", "1"), "1");
        await ReconciledAsync("a");

        await _stop.CancelAsync();
        await _run.WaitAsync(Stop);

        _time.Pending.ShouldBeEmpty();
    }

    private static Func<ObjectKey, CancellationToken, Task<Outcome>> Always(Outcome outcome) => (_, _) => Task.FromResult(outcome);

    private void Start(
        Func<ObjectKey, CancellationToken, Task<Outcome>> reconcile,
        Action<Controller<ConfigMap>>? watch = null,
        Action? beforeStart = null,
        int workers = 1)
    {
        DelegateReconciler reconciler = new((key, cancellation) =>
        {
            _reconciled.Enqueue(key.Name);
            return reconcile(key, cancellation);
        });
        _controller = new Controller<ConfigMap>(reconciler, _writes, workers, _time, NullLogger<Controller<ConfigMap>>.Instance).Watch(_store);
        watch?.Invoke(_controller);
        beforeStart?.Invoke();
        _run = _controller.RunAsync(_stop.Token);
    }

    /// <summary>Waits for the reconciles so far; a change during one would be merged with the next, so each is waited for by itself.</summary>
    private async Task ReconciledAsync(params string[] names)
    {
        await Eventually.HoldsAsync(() => _reconciled.Count >= names.Length, Stop);
        _reconciled.ShouldBe(names, ignoreOrder: true);
    }
}
