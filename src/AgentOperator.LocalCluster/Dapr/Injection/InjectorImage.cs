using AgentOperator.Local.Node;

namespace AgentOperator.Local.Dapr.Injection;

/// <summary>The injector as a container: while one runs the webhook answers.</summary>
internal sealed class InjectorImage(InjectorSwitch running, TimeProvider time) : IBuiltInImage
{
    public IContainerProcess Start(BuiltInContainer container) => new BuiltInProcess(container.Log, time, RunAsync);

    private async Task<int> RunAsync(Action<string> log, CancellationToken terminate, CancellationToken kill)
    {
        running.Add();
        log("the sidecar injector's webhook answers");
        try
        {
            using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(terminate, kill);
            TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
            await using (either.Token.Register(ended.SetResult))
            {
                await ended.Task;
            }
        }
        finally
        {
            running.Remove();
        }

        return 0;
    }
}
