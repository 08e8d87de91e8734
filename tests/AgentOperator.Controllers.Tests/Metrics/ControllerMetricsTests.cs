using AgentOperator.Controllers.Caching;
using AgentOperator.Controllers.Tests.Fixtures;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Core;
using AgentOperator.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using static AgentOperator.Controllers.Tests.Fixtures.Maps;

namespace AgentOperator.Controllers.Tests.Metrics;

public sealed class ControllerMetricsTests : IAsyncLifetime
{
    private readonly string _name = $"controller-{Guid.NewGuid():N}";
    private readonly FakeTimeProvider _time = new();
    private readonly ObjectStore<ConfigMap> _store = new();
    private readonly OwnWrites _writes;
    private readonly CancellationTokenSource _stop = new();
    private readonly Measured _measured;
    private Controller<ConfigMap>? _controller;
    private Task _run = Task.CompletedTask;

    public ControllerMetricsTests()
    {
        _writes = new OwnWrites(_time);
        _measured = new Measured(_name);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _run;
        _controller?.Dispose();
        _measured.Dispose();
        _stop.Dispose();
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task Reconciles_are_counted_by_how_they_ended_and_by_nothing_that_grows()
    {
        Start((key, _) => Task.FromResult(key.Name switch
        {
            "after" => Outcome.After(TimeSpan.FromHours(1)),
            "terminal" => Outcome.Terminal(new InvalidOperationException("from the test")),
            "retry" => Outcome.Retry(new InvalidOperationException("from the test")),
            "conflict" => Outcome.Retry(Refusal(409, "Conflict")),
            _ => Outcome.Done,
        }));

        foreach (string name in (string[])["a", "b", "after", "terminal", "retry", "conflict"])
        {
            _store.Set(Map(name, "1"), "1");
        }

        await Eventually.HoldsAsync(() => Value("workqueue_work_duration_seconds", $"name={_name},controller={_name}") == 6, Stop);

        Result("success").ShouldBe(2);
        Result("requeue_after").ShouldBe(1);
        Result("requeue").ShouldBe(1);
        Result("error").ShouldBe(2);
        OfController("controller_runtime_reconcile_errors_total").ShouldBe(2);
        OfController("controller_runtime_terminal_reconcile_errors_total").ShouldBe(1);
        OfController("controller_runtime_reconcile_time_seconds").ShouldBe(6);
        OfQueue("workqueue_adds_total").ShouldBe(6);
        OfQueue("workqueue_retries_total").ShouldBe(2);
        OfQueue("workqueue_queue_duration_seconds").ShouldBe(6);
        _measured.Read().Keys.ShouldAllBe(series => !series.Contains("=a") && !series.Contains("=conflict") && !series.Contains("=ns"));
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task What_waits_and_what_is_under_way_is_shown_with_its_age()
    {
        TaskCompletionSource end = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Start(
            async (_, _) =>
            {
                await end.Task;
                return Outcome.Done;
            },
            workers: 2);

        _store.Set(Map("a", "1"), "1");
        await Eventually.HoldsAsync(() => OfController("controller_runtime_active_workers") == 1, Stop);
        _time.Advance(TimeSpan.FromSeconds(2));
        _store.Set(Map("b", "2"), "2");
        await Eventually.HoldsAsync(() => OfController("controller_runtime_active_workers") == 2, Stop);
        _store.Set(Map("c", "3"), "3");
        _time.Advance(TimeSpan.FromSeconds(3));

        OfController("controller_runtime_max_concurrent_reconciles").ShouldBe(2);
        OfQueue("workqueue_depth").ShouldBe(1);
        OfQueue("workqueue_unfinished_work_seconds").ShouldBe(8);
        OfQueue("workqueue_longest_running_processor_seconds").ShouldBe(5);

        end.SetResult();
        await Eventually.HoldsAsync(() => OfController("controller_runtime_active_workers") == 0, Stop);
        OfQueue("workqueue_depth").ShouldBe(0);
        OfQueue("workqueue_unfinished_work_seconds").ShouldBe(0);
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task A_reconcile_that_wrote_nothing_is_told_apart_so_that_a_controller_that_triggers_itself_shows()
    {
        Start((key, _) =>
        {
            if (key.Name == "writes")
            {
                _writes.Record(key, _store, "1");
            }

            return Task.FromResult(Outcome.Done);
        });

        _store.Set(Map("writes", "1"), "1");
        await Eventually.HoldsAsync(() => Result("success") == 1, Stop);
        OfController("controller_runtime_reconcile_unchanged_total").ShouldBe(0);
        _store.Set(Map("reads", "2"), "2");
        await Eventually.HoldsAsync(() => OfQueue("workqueue_work_duration_seconds") == 2, Stop);

        OfController("controller_runtime_reconcile_unchanged_total").ShouldBe(1);
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task A_stop_is_neither_a_success_nor_an_error()
    {
        Start(async (_, cancellation) =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, _time, cancellation);
            return Outcome.Done;
        });
        _store.Set(Map("a", "1"), "1");
        await Eventually.HoldsAsync(() => OfController("controller_runtime_active_workers") == 1, Stop);

        await _stop.CancelAsync();
        await _run.WaitAsync(Stop);

        Result("success").ShouldBe(0);
        Result("error").ShouldBe(0);
    }

    private void Start(Func<ObjectKey, CancellationToken, Task<Outcome>> reconcile, int workers = 1)
    {
        _controller = new Controller<ConfigMap>(new DelegateReconciler(reconcile), _writes, workers, _time, NullLogger<Controller<ConfigMap>>.Instance, _name).Watch(_store);
        _run = _controller.RunAsync(_stop.Token);
    }

    private double Result(string result) => Value("controller_runtime_reconcile_total", $"controller={_name},result={result}");

    private double OfController(string metric) => Value(metric, $"controller={_name}");

    private double OfQueue(string metric) => Value(metric, $"name={_name},controller={_name}");

    private double Value(string metric, string labels) => _measured.Read().GetValueOrDefault($"{metric}{{{labels}}}");
}
