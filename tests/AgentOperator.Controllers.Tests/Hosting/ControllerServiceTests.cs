using AgentOperator.Controllers.Caching;
using AgentOperator.Controllers.Events;
using AgentOperator.Controllers.Hosting;
using AgentOperator.Controllers.LeaderElection;
using AgentOperator.Controllers.Tests.Events;
using AgentOperator.Controllers.Tests.Fixtures;
using AgentOperator.Controllers.Tests.LeaderElection;
using AgentOperator.Kube.Models.Core;
using AgentOperator.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using static AgentOperator.Controllers.Tests.Fixtures.Maps;

namespace AgentOperator.Controllers.Tests.Hosting;

public sealed class ControllerServiceTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly ScriptedSource[] _sources = [new(), new()];
    private readonly ObjectStore<ConfigMap>[] _stores = [new(), new()];
    private readonly Reflector<ConfigMap>[] _reflectors;
    private readonly TaskCompletionSource<(int First, int Second)> _firstReconcile = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _endReconcile = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Controller<ConfigMap> _controller;
    private readonly ControllerService _service;

    public ControllerServiceTests()
    {
        _reflectors = [.. _sources.Zip(_stores, (source, store) => new Reflector<ConfigMap>(source, store, _time, new LowRandom(), NullLogger<Reflector<ConfigMap>>.Instance))];
        DelegateReconciler reconciler = new(async (_, _) =>
        {
            _firstReconcile.TrySetResult((_stores[0].Count, _stores[1].Count));
            await _endReconcile.Task;
            return Outcome.Done;
        });
        _controller = new Controller<ConfigMap>(reconciler, new OwnWrites(_time), 1, _time, NullLogger<Controller<ConfigMap>>.Instance).Watch(_stores[0]);
        _service = new ControllerService(_reflectors, [_controller], NullLogger<ControllerService>.Instance);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _service.Dispose();
        _controller.Dispose();
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task Controllers_start_only_after_every_store_is_filled()
    {
        _sources[0].Lists(List("7", Map("a", "1")));
        await _service.StartAsync(Stop);
        await _reflectors[0].Synced.WaitAsync(Stop);
        await Eventually.HoldsAsync(() => _sources[1].ListCount == 1, Stop);
        _firstReconcile.Task.IsCompleted.ShouldBeFalse();

        _sources[1].Lists(List("9", Map("b", "2"), Map("c", "3")));

        (await _firstReconcile.Task.WaitAsync(Stop)).ShouldBe((1, 2));
        _endReconcile.SetResult();
        await _service.StopAsync(Stop);
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task Stores_follow_the_server_until_the_last_reconcile_has_ended()
    {
        ScriptedWatch[] watches = [_sources[0].Watches(), _sources[1].Watches()];
        _sources[0].Lists(List("7", Map("a", "1")));
        _sources[1].Lists(List("9"));
        await _service.StartAsync(Stop);
        await _firstReconcile.Task.WaitAsync(Stop);

        Task stopping = _service.StopAsync(Stop);
        watches[1].Send(Added(Map("late", "10")));
        await _stores[1].SeenAsync("10", Stop);
        stopping.IsCompleted.ShouldBeFalse();
        _endReconcile.SetResult();

        await stopping.WaitAsync(Stop);
        _service.ExecuteTask!.IsCompletedSuccessfully.ShouldBeTrue();
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task One_filled_store_is_not_enough_to_start_a_controller()
    {
        Probe probe = new();
        using ControllerService service = new([probe, _reflectors[1]], [probe], NullLogger<ControllerService>.Instance);
        await service.StartAsync(Stop);
        await Eventually.HoldsAsync(() => _sources[1].ListCount == 1, Stop);

        await service.StopAsync(Stop).WaitAsync(Stop);

        probe.Reflecting.IsCompletedSuccessfully.ShouldBeTrue();
        probe.Controlling.IsCompleted.ShouldBeFalse();
        service.ExecuteTask!.IsCompletedSuccessfully.ShouldBeTrue();
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task A_cache_that_cannot_be_filled_is_named_with_the_reason_and_waited_for()
    {
        RecordingLogger<ControllerService> log = new();
        using ControllerService service = new(_reflectors, [_controller], log, time: _time);
        _sources[0].Lists(List("7", Map("a", "1")));
        _sources[1].FailsToList(Refusal(403, "Forbidden"));
        await service.StartAsync(Stop);
        await _reflectors[0].Synced.WaitAsync(Stop);
        await _time.WaitStartedAsync(ControllerService.SyncPatience, Stop);
        await Eventually.HoldsAsync(() => _reflectors[1].Problem is not null, Stop);

        _time.Advance(ControllerService.SyncPatience);
        await Eventually.HoldsAsync(() => log.Lines.Count > 0, Stop);
        log.Lines.Single().ShouldBe("Error: Still waiting for configmaps in all namespaces to be read for the first time: list: from the script");
        _firstReconcile.Task.IsCompleted.ShouldBeFalse();
        _sources[1].Lists(List("9"));

        await _firstReconcile.Task.WaitAsync(Stop);
        _endReconcile.SetResult();
        await service.StopAsync(Stop);
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task At_the_end_events_are_written_before_the_lease_is_given_up()
    {
        MemoryLease lease = new();
        MemorySink sink = new();
        Leadership leadership = new(_time);
        using EventRecorder events = new(sink, "c", "i", _time, NullLogger<EventRecorder>.Instance);
        LeaderElector elector = new(lease, leadership, new LeaderElectionOptions { Identity = "a" }, _time, new LowRandom(), NullLogger<LeaderElector>.Instance);
        using ControllerService service = new(_reflectors, [_controller], NullLogger<ControllerService>.Instance, elector, _time, events);
        _sources[0].Lists(List("7", Map("a", "1")));
        _sources[1].Lists(List("9"));
        await service.StartAsync(Stop);
        await _firstReconcile.Task.WaitAsync(Stop);
        TaskCompletionSource gate = new(TaskCreationOptions.RunContinuationsAsynchronously);
        sink.Gate = gate.Task;
        events.Record(Map("a", "1"), EventTypes.Normal, "R", "A", "n");

        Task stopping = service.StopAsync(Stop);
        _endReconcile.SetResult();
        await _time.WaitStartedAsync(ControllerService.FlushPatience, Stop);
        leadership.IsHeld.ShouldBeTrue();
        lease.Current!.Spec!.HolderIdentity.ShouldBe("a");
        gate.SetResult();
        await stopping.WaitAsync(Stop);

        sink.Created.Count.ShouldBe(1);
        lease.Current!.Spec!.HolderIdentity.ShouldBe("");
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task A_reconcile_that_does_not_end_keeps_the_lease_and_fails_the_stop()
    {
        MemoryLease lease = new();
        LeaderElector elector = new(lease, new Leadership(_time), new LeaderElectionOptions { Identity = "a", LeaseDuration = TimeSpan.FromHours(1) }, _time, new LowRandom(), NullLogger<LeaderElector>.Instance);
        using ControllerService service = new(_reflectors, [_controller], NullLogger<ControllerService>.Instance, elector, _time);
        _sources[0].Lists(List("7", Map("a", "1")));
        _sources[1].Lists(List("9"));
        await service.StartAsync(Stop);
        await _firstReconcile.Task.WaitAsync(Stop);

        Task stopping = service.StopAsync(Stop);
        await _time.WaitStartedAsync(ControllerService.DrainPatience, Stop);
        _time.Advance(ControllerService.DrainPatience);
        await stopping.WaitAsync(Stop);

        service.ExecuteTask!.IsFaulted.ShouldBeTrue();
        service.ExecuteTask.Exception!.InnerException.ShouldBeOfType<TimeoutException>();
        lease.Current!.Spec!.HolderIdentity.ShouldBe("a");
        _endReconcile.SetResult();
    }

    /// <summary>A reflector that was filled before it started, and a controller that only notes its start.</summary>
    private sealed class Probe : IReflector, IController
    {
        private readonly TaskCompletionSource _reflecting = new();
        private readonly TaskCompletionSource _controlling = new();

        public string Description => "a probe";

        public string? Problem => null;

        public Task Synced => Task.CompletedTask;

        public Task Reflecting => _reflecting.Task;

        public Task Controlling => _controlling.Task;

        Task IReflector.RunAsync(CancellationToken cancellation)
        {
            _reflecting.TrySetResult();
            return Task.CompletedTask;
        }

        Task IController.RunAsync(CancellationToken cancellation)
        {
            _controlling.TrySetResult();
            return Task.CompletedTask;
        }
    }
}
