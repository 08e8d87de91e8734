using AgentOperator.Controllers.Caching;
using AgentOperator.Controllers.Hosting;
using AgentOperator.Controllers.Tests.Fixtures;
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

    /// <summary>A reflector that was filled before it started, and a controller that only notes its start.</summary>
    private sealed class Probe : IReflector, IController
    {
        private readonly TaskCompletionSource _reflecting = new();
        private readonly TaskCompletionSource _controlling = new();

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
