namespace AgentOperator.Bench.Throughput;

/// <summary>Counts ended workflows, and times the part after the warm-up.</summary>
internal sealed class EndCounter(int total)
{
    private readonly int _warm = (int)(total * ThroughputBench.WarmUp);
    private readonly TaskCompletionSource _all = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _ended;
    private long _from;
    private long _to;

    /// <summary>Completes when all have ended.</summary>
    public Task All => _all.Task;

    /// <summary>Workflows a second after the warm-up.</summary>
    public double PerSecond => (total - _warm) / TimeProvider.System.GetElapsedTime(_from, _to).TotalSeconds;

    public void Count()
    {
        int ended = Interlocked.Increment(ref _ended);
        if (ended == _warm)
        {
            _from = TimeProvider.System.GetTimestamp();
        }

        if (ended == total)
        {
            _to = TimeProvider.System.GetTimestamp();
            _all.SetResult();
        }
    }
}
