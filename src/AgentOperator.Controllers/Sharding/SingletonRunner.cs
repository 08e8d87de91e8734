namespace AgentOperator.Controllers.Sharding;

/// <summary>Runs what is not shared while this process holds its slot, under the claim to it.</summary>
internal sealed class SingletonRunner(IController controller, ShardClaims claims)
{
    /// <summary>Ends when cancelled, and when the controller ends by itself.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        try
        {
            while (!cancellation.IsCancellationRequested)
            {
                await claims.OwnedAsync(Slots.Singletons, cancellation);
                if (await TryRunAsync(cancellation))
                {
                    return;
                }
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return;
        }
    }

    /// <summary>False when it was ended because the slot is to be handed over.</summary>
    private async Task<bool> TryRunAsync(CancellationToken cancellation)
    {
        using ShardScope? scope = claims.TryEnter(Slots.Singletons);
        if (scope is null)
        {
            return false;
        }

        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Task handOver = claims.NotOwnedAsync(Slots.Singletons, end.Token);
        Task running = controller.RunAsync(end.Token);
        bool ended = await Task.WhenAny(handOver, running) == running;
        await end.CancelAsync();
        await running;
        await handOver.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return ended;
    }
}
