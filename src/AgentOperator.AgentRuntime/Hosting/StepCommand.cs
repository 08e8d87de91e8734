namespace AgentOperator.AgentRuntime.Hosting;

internal static class StepCommand
{
    public static Task<int> RunAsync(string taskFile, CancellationToken cancellation) => Task.FromResult(ExitCodes.BadTask);
}
