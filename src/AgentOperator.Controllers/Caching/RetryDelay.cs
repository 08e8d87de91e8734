namespace AgentOperator.Controllers.Caching;

/// <summary>Waits of a reflector: 0.8 s doubling to 30 s, each stretched by up to its double, from the start again after two minutes without a failure (client-go's figures).</summary>
internal sealed class RetryDelay(TimeProvider time, Random random)
{
    private static readonly TimeSpan Initial = TimeSpan.FromMilliseconds(800);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Healthy = TimeSpan.FromMinutes(2);

    private TimeSpan _next = Initial;
    private long? _last;

    public TimeSpan Next()
    {
        if (_last is { } last && time.GetElapsedTime(last) > Healthy + Longest)
        {
            _next = Initial;
        }

        _last = time.GetTimestamp();
        TimeSpan delay = _next * (1 + random.NextDouble());
        _next = _next * 2 > Longest ? Longest : _next * 2;
        return delay;
    }
}
