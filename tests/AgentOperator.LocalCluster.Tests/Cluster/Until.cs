namespace AgentOperator.Local.Tests.Cluster;

/// <summary>Waits for a state that another process brings about.</summary>
internal static class Until
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(50);

    /// <summary>Reads until the condition holds; what was read last is in the failure.</summary>
    public static async Task<T> Async<T>(Func<Task<T>> read, Func<T, bool> holds, int seconds = 30)
    {
        long start = TimeProvider.System.GetTimestamp();
        while (true)
        {
            T value = await read();
            if (holds(value))
            {
                return value;
            }

            if (TimeProvider.System.GetElapsedTime(start) > TimeSpan.FromSeconds(seconds))
            {
                throw new TimeoutException($"The condition did not hold within {seconds} s. Last: {value}");
            }

            await Task.Delay(Poll, TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }
}
