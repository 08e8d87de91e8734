using AgentOperator.Tooling;

namespace AgentOperator.EndToEnd.Chaos;

/// <summary>Does harm every few seconds: kills and freezes operators, has them hand over, cuts watches, restarts the API server.</summary>
internal sealed class Mischief
{
    /// <summary>Changes of workflows between two harms: who never lets anybody work learns nothing.</summary>
    private const int Work = 15;

    private readonly Random _random;
    private readonly ChaosProxy _proxy;
    private readonly Attendant _attendant;
    private readonly IReadOnlyList<SupervisedOperator> _operators;
    private readonly (string Name, Func<CancellationToken, Task> Do)[] _deck;

    public Mischief(InstalledCluster cluster, ChaosProxy proxy, IReadOnlyList<SupervisedOperator> operators, Attendant attendant, int seed)
    {
        _random = new Random(seed);
        _proxy = proxy;
        _attendant = attendant;
        _operators = operators;
        _deck =
        [
            ("kill", KillAsync), ("kill", KillAsync), ("kill", KillAsync), ("kill", KillAsync),
            ("kill all", KillAllAsync),
            ("hand over", HandOverAsync), ("hand over", HandOverAsync),
            ("freeze", FreezeAsync),
            ("cut watches", CutAsync), ("cut watches", CutAsync),
            ("restart the API server", cluster.RestartApiServerAsync),
        ];
    }

    /// <summary>What was done, how often.</summary>
    public Dictionary<string, int> Done { get; } = new(StringComparer.Ordinal);

    /// <summary>Goes on until cancelled; each kind of harm comes before any comes again in full.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        try
        {
            while (true)
            {
                _random.Shuffle(_deck);
                foreach ((string name, Func<CancellationToken, Task> act) in _deck)
                {
                    await _attendant.MovedAsync(Work).WaitAsync(cancellation);
                    await Task.Delay(TimeSpan.FromMilliseconds(_random.Next(1000, 3500)), TimeProvider.System, cancellation);
                    Done[name] = Done.GetValueOrDefault(name) + 1;

                    // What was begun is ended: a frozen operator must not stay so.
                    await act(CancellationToken.None);
                }
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return;
        }
    }

    private SupervisedOperator Any() => _operators[_random.Next(_operators.Count)];

    private Task KillAsync(CancellationToken cancellation)
    {
        Any().Signal(Signal.Kill);
        return Task.CompletedTask;
    }

    private Task KillAllAsync(CancellationToken cancellation)
    {
        foreach (SupervisedOperator one in _operators)
        {
            one.Signal(Signal.Kill);
        }

        return Task.CompletedTask;
    }

    /// <summary>As a rollout does it: who leads gives the lead up.</summary>
    private Task HandOverAsync(CancellationToken cancellation)
    {
        Any().Signal(Signal.Terminate);
        return Task.CompletedTask;
    }

    /// <summary>Longer than the lease, so that another leads by the time it goes on.</summary>
    private async Task FreezeAsync(CancellationToken cancellation)
    {
        SupervisedOperator one = Any();
        one.Signal(Signal.Stop);
        await Task.Delay(ChaosRun.Lease * 1.5, TimeProvider.System, cancellation);
        one.Signal(Signal.Continue);
    }

    private Task CutAsync(CancellationToken cancellation) => _proxy.CutWatchesAsync();
}
