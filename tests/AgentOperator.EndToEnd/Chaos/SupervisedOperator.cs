using AgentOperator.Tooling;

namespace AgentOperator.EndToEnd.Chaos;

/// <summary>An operator that is started again whenever it has ended, as a kubelet does.</summary>
internal sealed class SupervisedOperator : IAsyncDisposable
{
    private readonly string _name;
    private readonly string[] _arguments;
    private readonly Task _supervising;
    private readonly Lock _gate = new();
    private OperatorProcess? _process;
    private bool _isOver;

    public SupervisedOperator(string name, params string[] arguments)
    {
        _name = name;
        _arguments = arguments;
        _supervising = SuperviseAsync();
    }

    /// <summary>How often it was started.</summary>
    public int Lives { get; private set; }

    /// <summary>Sends a signal to the process that runs, if one does.</summary>
    public void Signal(Signal signal)
    {
        lock (_gate)
        {
            _process?.Signal(signal);
        }
    }

    public async ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            _isOver = true;
            _process?.Signal(Tooling.Signal.Kill);
        }

        await _supervising;
    }

    private async Task SuperviseAsync()
    {
        while (Begin() is { } process)
        {
            await process.Ended;
            lock (_gate)
            {
                _process = null;
            }

            await process.DisposeAsync();
        }
    }

    private OperatorProcess? Begin()
    {
        lock (_gate)
        {
            return _isOver ? null : _process = OperatorProcess.Start(Repository.PathTo("artifacts", "test-results", "operator", $"{_name}-{Lives++}.log"), _arguments);
        }
    }
}
