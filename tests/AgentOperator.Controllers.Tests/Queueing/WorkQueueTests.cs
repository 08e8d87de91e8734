using AgentOperator.Controllers.Queueing;
using AgentOperator.Kube.Models;
using AgentOperator.Testing;
using static AgentOperator.Controllers.Tests.Fixtures.Maps;

namespace AgentOperator.Controllers.Tests.Queueing;

public sealed class WorkQueueTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly WorkQueue _queue;

    public WorkQueueTests() => _queue = new WorkQueue(_time);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _queue.Dispose();

    [Fact(Timeout = Limits.Hang)]
    public async Task A_key_that_was_added_often_is_handed_out_once()
    {
        _queue.Add(Key("a"));
        _queue.Add(Key("a"), WorkPriority.Low);
        _queue.Add(Key("a"));

        (await _queue.TakeAsync(Stop)).ShouldBe(Key("a"));
        await ShouldBeEmptyAsync();
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task One_name_in_two_namespaces_is_two_keys()
    {
        _queue.Add(new ObjectKey("one", "a"));
        _queue.Add(new ObjectKey("two", "a"));

        (await _queue.TakeAsync(Stop)).ShouldBe(new ObjectKey("one", "a"));
        (await _queue.TakeAsync(Stop)).ShouldBe(new ObjectKey("two", "a"));
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task Signals_during_work_bring_the_key_back_exactly_once()
    {
        _queue.Add(Key("a"));
        await _queue.TakeAsync(Stop);

        _queue.Add(Key("a"));
        _queue.Add(Key("a"));
        await ShouldBeEmptyAsync();
        _queue.Done(Key("a"));

        (await _queue.TakeAsync(Stop)).ShouldBe(Key("a"));
        _queue.Done(Key("a"));
        await ShouldBeEmptyAsync();
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task A_busy_key_does_not_hold_up_the_others()
    {
        _queue.Add(Key("a"));
        await _queue.TakeAsync(Stop);
        _queue.Add(Key("a"));
        _queue.Add(Key("b"));

        (await _queue.TakeAsync(Stop)).ShouldBe(Key("b"));
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task What_has_just_happened_goes_before_ten_thousand_initial_keys()
    {
        for (int i = 0; i < 10_000; i++)
        {
            _queue.Add(Key($"initial-{i}"), WorkPriority.Low);
        }

        _queue.Add(Key("live"));
        _queue.Add(Key("initial-9000"));

        (await _queue.TakeAsync(Stop)).ShouldBe(Key("live"));
        (await _queue.TakeAsync(Stop)).ShouldBe(Key("initial-9000"));
        (await _queue.TakeAsync(Stop)).ShouldBe(Key("initial-0"));
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task A_live_event_during_initial_work_keeps_its_priority()
    {
        _queue.Add(Key("a"), WorkPriority.Low);
        await _queue.TakeAsync(Stop);
        _queue.Add(Key("b"), WorkPriority.Low);
        _queue.Add(Key("a"), WorkPriority.Low);
        _queue.Add(Key("a"));
        _queue.Done(Key("a"));

        (await _queue.TakeAsync(Stop)).ShouldBe(Key("a"));
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task A_key_that_was_raised_once_does_not_jump_the_queue_later()
    {
        _queue.Add(Key("a"), WorkPriority.Low);
        _queue.Add(Key("a"));
        _queue.Add(Key("b"), WorkPriority.Low);
        await _queue.TakeAsync(Stop);
        _queue.Done(Key("a"));

        _queue.Add(Key("a"), WorkPriority.Low);

        (await _queue.TakeAsync(Stop)).ShouldBe(Key("b"));
        (await _queue.TakeAsync(Stop)).ShouldBe(Key("a"));
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task Of_two_delays_the_sooner_one_counts()
    {
        _queue.AddAfter(Key("a"), TimeSpan.FromHours(1));
        _queue.AddAfter(Key("a"), TimeSpan.FromMinutes(1));
        _queue.AddAfter(Key("a"), TimeSpan.FromHours(2));

        _time.Advance(TimeSpan.FromMinutes(1) - TimeSpan.FromMilliseconds(1));
        await ShouldBeEmptyAsync();
        _time.Advance(TimeSpan.FromMilliseconds(2));
        (await _queue.TakeAsync(Stop)).ShouldBe(Key("a"));
        _queue.Done(Key("a"));
        _time.Advance(TimeSpan.FromHours(3));
        await ShouldBeEmptyAsync();
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task A_worker_that_waits_is_woken_by_a_delay()
    {
        Task<ObjectKey> worker = _queue.TakeAsync(Stop);
        _queue.AddAfter(Key("a"), TimeSpan.FromMinutes(1));
        worker.IsCompleted.ShouldBeFalse();

        _time.Advance(TimeSpan.FromSeconds(61));

        (await worker).ShouldBe(Key("a"));
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task A_delay_longer_than_timers_can_hold_is_cut()
    {
        _queue.AddAfter(Key("a"), TimeSpan.MaxValue);
        _time.Pending.Single().ShouldBeLessThan(TimeSpan.FromMilliseconds(uint.MaxValue - 1));

        _time.Advance(WorkQueue.LongestDelay + TimeSpan.FromMilliseconds(1));

        (await _queue.TakeAsync(Stop)).ShouldBe(Key("a"));
    }

    [Theory(Timeout = Limits.Hang)]
    [InlineData(0)]
    [InlineData(-5)]
    public async Task A_delay_that_has_passed_means_now(int seconds)
    {
        _queue.AddAfter(Key("a"), TimeSpan.FromSeconds(seconds));

        (await _queue.TakeAsync(Stop)).ShouldBe(Key("a"));
    }

    [Theory(Timeout = Limits.Hang)]
    [InlineData(-60)]
    [InlineData(60)]
    public async Task A_clock_that_is_set_neither_delays_nor_hastens_a_key(int minutes)
    {
        _queue.AddAfter(Key("a"), TimeSpan.FromMinutes(10));

        _time.ShiftWallClock(TimeSpan.FromMinutes(minutes));
        _queue.AddAfter(Key("b"), TimeSpan.FromMinutes(20));
        _time.Advance(TimeSpan.FromMinutes(9));
        await ShouldBeEmptyAsync();
        _time.Advance(TimeSpan.FromMinutes(2));

        (await _queue.TakeAsync(Stop)).ShouldBe(Key("a"));
    }

    [Fact]
    public void Failures_back_off_from_five_milliseconds_doubling_to_five_minutes()
    {
        TimeSpan[] expected = [.. Enumerable.Range(0, 20).Select(n => TimeSpan.FromMilliseconds(Math.Min(5 * Math.Pow(2, n), 300_000)))];

        Enumerable.Range(1, 20).Select(WorkQueue.Backoff).ShouldBe(expected);
        WorkQueue.Backoff(int.MaxValue).ShouldBe(TimeSpan.FromMinutes(5));
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task Each_key_has_its_own_backoff_until_it_is_forgotten()
    {
        await FailAsync("a", 5);
        await FailAsync("a", 10);
        await FailAsync("b", 5);
        await FailAsync("a", 20);
        _queue.Forget(Key("a"));
        await FailAsync("a", 5);

        async Task FailAsync(string name, int milliseconds)
        {
            _queue.AddFailed(Key(name));
            _time.Advance(TimeSpan.FromMilliseconds(milliseconds - 1));
            await ShouldBeEmptyAsync();
            _time.Advance(TimeSpan.FromMilliseconds(2));
            (await _queue.TakeAsync(Stop)).ShouldBe(Key(name));
            _queue.Done(Key(name));
        }
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task A_cancelled_worker_takes_no_key_with_it()
    {
        using CancellationTokenSource cancelled = new();
        Task<ObjectKey> worker = _queue.TakeAsync(cancelled.Token);
        await cancelled.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => worker);

        _queue.Add(Key("a"));

        (await _queue.TakeAsync(Stop)).ShouldBe(Key("a"));
    }

    [Fact]
    public void A_timer_that_fires_while_the_queue_is_disposed_harms_nobody()
    {
        LateTimerProvider late = new();
        WorkQueue queue = new(late);
        queue.AddAfter(Key("a"), TimeSpan.FromSeconds(1));
        queue.Dispose();
        late.Advance(TimeSpan.FromSeconds(2));

        Should.NotThrow(late.Fire);
    }

    [Fact]
    public void Changes_and_ends_of_work_after_the_end_are_ignored()
    {
        _queue.Add(Key("a"));
        _queue.TakeAsync(Stop).IsCompletedSuccessfully.ShouldBeTrue();
        _queue.Add(Key("a"));
        _queue.Dispose();

        Should.NotThrow(() =>
        {
            _queue.Done(Key("a"));
            _queue.Add(Key("b"));
            _queue.AddAfter(Key("c"), TimeSpan.FromSeconds(1));
            _queue.AddFailed(Key("d"));
        });
    }

    [Fact]
    public void Delays_that_sooner_ones_replaced_do_not_pile_up()
    {
        DelayedKeys delayed = new();
        for (int i = 0; i < 10_000; i++)
        {
            delayed.Add(Key("a"), TimeSpan.FromHours(1) + TimeSpan.FromMilliseconds(i));
            delayed.Add(Key("a"), TimeSpan.FromMilliseconds(i));
            delayed.TakeDue(TimeSpan.FromMilliseconds(i)).ShouldBe(Key("a"));
        }

        delayed.Size.ShouldBeLessThan(200);
        delayed.Next.ShouldBeNull();
    }

    private async Task ShouldBeEmptyAsync()
    {
        _queue.Depth.ShouldBe(0);
        using CancellationTokenSource cancelled = new();
        Task<ObjectKey> worker = _queue.TakeAsync(cancelled.Token);
        worker.IsCompleted.ShouldBeFalse();
        await cancelled.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => worker);
    }

    /// <summary>A timer whose callback is already on its way when it is disposed.</summary>
    private sealed class LateTimerProvider : TimeProvider
    {
        private readonly FakeTimeProvider _clock = new();
        private TimerCallback? _callback;

        public override long TimestampFrequency => _clock.TimestampFrequency;

        public override long GetTimestamp() => _clock.GetTimestamp();

        public override DateTimeOffset GetUtcNow() => _clock.GetUtcNow();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            _callback = callback;
            return _clock.CreateTimer(static _ => { }, state, dueTime, period);
        }

        public void Advance(TimeSpan by) => _clock.Advance(by);

        public void Fire() => _callback!(null);
    }
}
