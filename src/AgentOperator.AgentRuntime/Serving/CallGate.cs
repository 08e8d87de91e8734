using Microsoft.Extensions.Hosting;

namespace AgentOperator.AgentRuntime.Serving;

/// <summary>Calls under way: those that began are finished when the process is told to stop, new ones are refused.</summary>
internal sealed class CallGate(IHostApplicationLifetime lifetime) : IHostedService
{
    private readonly Lock _gate = new();
    private readonly TaskCompletionSource _idle = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _count;
    private bool _isClosed;

    public bool IsClosed => _isClosed || lifetime.ApplicationStopping.IsCancellationRequested;

    /// <summary>Null when the process stops; else dispose when the call has ended.</summary>
    public IDisposable? Enter()
    {
        lock (_gate)
        {
            if (IsClosed)
            {
                return null;
            }

            _count++;
            return new Pass(this);
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Waits for the calls under way, those that nobody waits for included.</summary>
    public Task StopAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            _isClosed = true;
            if (_count == 0)
            {
                _idle.TrySetResult();
            }
        }

        return _idle.Task.WaitAsync(cancellationToken);
    }

    private void Leave()
    {
        lock (_gate)
        {
            if (--_count == 0 && _isClosed)
            {
                _idle.TrySetResult();
            }
        }
    }

    private sealed class Pass(CallGate gate) : IDisposable
    {
        private int _isLeft;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _isLeft, 1) == 0)
            {
                gate.Leave();
            }
        }
    }
}
