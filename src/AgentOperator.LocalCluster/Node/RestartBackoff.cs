namespace AgentOperator.Local.Node;

/// <summary>The kubelet's delay before a container runs again: 10 s doubling to five minutes, from the start again after ten minutes of running.</summary>
internal sealed class RestartBackoff
{
    private static readonly TimeSpan Initial = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Healthy = TimeSpan.FromMinutes(10);

    private TimeSpan _next = Initial;
    private bool _hasRestarted;

    /// <summary>Delay after a run of some length; the first restart comes at once.</summary>
    public TimeSpan Next(TimeSpan ran)
    {
        if (ran > Healthy)
        {
            _next = Initial;
        }

        if (!_hasRestarted)
        {
            _hasRestarted = true;
            return TimeSpan.Zero;
        }

        TimeSpan delay = _next;
        _next = _next * 2 > Longest ? Longest : _next * 2;
        return delay;
    }
}
