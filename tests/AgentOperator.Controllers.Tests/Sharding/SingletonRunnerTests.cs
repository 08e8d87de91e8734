using AgentOperator.Controllers.Sharding;

namespace AgentOperator.Controllers.Tests.Sharding;

public sealed class SingletonRunnerTests
{
    [Fact]
    public async Task What_is_not_shared_ends_when_it_is_told_to_although_its_slot_is_still_held()
    {
        ShardClaims claims = new(TimeProvider.System, TimeSpan.FromMinutes(1));
        claims.Gain([Slots.Singletons]);
        using CancellationTokenSource stop = new();
        UntilCancelled controller = new();
        Task running = new SingletonRunner(controller, claims).RunAsync(stop.Token);
        await controller.Started.Task.WaitAsync(TestContext.Current.CancellationToken);

        await stop.CancelAsync();

        await running.WaitAsync(TestContext.Current.CancellationToken);
        controller.Runs.ShouldBe(1);
    }

    /// <summary>Ends later than the wait for the slot's hand-over, which the same signal ends.</summary>
    private sealed class UntilCancelled : IController
    {
        public TaskCompletionSource Started { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public int Runs { get; private set; }

        public bool IsShared => false;

        public async Task RunAsync(CancellationToken cancellation)
        {
            Runs++;
            Started.TrySetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await Task.Yield();
        }
    }
}
