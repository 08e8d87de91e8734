using System.Globalization;
using AgentOperator.Local.Processes;

namespace AgentOperator.Local.Node;

/// <summary>A program that is a part of this process: signals are calls, the log a file as any container's.</summary>
internal sealed class BuiltInProcess : IContainerProcess
{
    // What a shell reports for a program that SIGKILL has ended.
    private const int Killed = 128 + Signals.Kill;

    private readonly Func<Action<string>, CancellationToken, CancellationToken, Task<int>> _run;
    private readonly Lock _gate = new();
    private readonly string _log;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _terminate = new();
    private readonly CancellationTokenSource _kill = new();

    /// <param name="log">File that its output goes to.</param>
    /// <param name="time">The clock.</param>
    /// <param name="run">Runs to the end and gives the exit code. Takes where to write lines, what SIGTERM cancels, and what SIGKILL cancels.</param>
    public BuiltInProcess(string log, TimeProvider time, Func<Action<string>, CancellationToken, CancellationToken, Task<int>> run)
    {
        _run = run;
        _log = log;
        _time = time;
        Exited = Task.Run(ExitAsync);
    }

    public Task<ContainerExit> Exited { get; }

    public Task<int?> ChildAsync() => Task.FromResult<int?>(null);

    public Task EnterableAsync(TimeProvider time, CancellationToken cancellation) => Task.CompletedTask;

    public async Task SignalAsync(int signal)
    {
        if (Exited.IsCompleted)
        {
            return;
        }

        if (signal == Signals.Kill)
        {
            await _kill.CancelAsync();
        }
        else if (signal == Signals.Terminate)
        {
            await _terminate.CancelAsync();
        }
    }

    public void Dispose()
    {
        _terminate.Dispose();
        _kill.Dispose();
    }

    private void Log(string line)
    {
        lock (_gate)
        {
            File.AppendAllText(_log, string.Create(CultureInfo.InvariantCulture, $"{_time.GetUtcNow():yyyy-MM-dd'T'HH:mm:ss.fff'Z'} {line}\n"));
        }
    }

    private async Task<ContainerExit> ExitAsync()
    {
        try
        {
            return new ContainerExit(await _run(Log, _terminate.Token, _kill.Token), HasStarted: true);
        }
        catch (OperationCanceledException) when (_kill.IsCancellationRequested)
        {
            return new ContainerExit(Killed, HasStarted: true);
        }
#pragma warning disable CA1031 // A program's failure is its container's.
        catch (Exception error)
#pragma warning restore CA1031
        {
            Log($"failed: {error.Message}");
            return new ContainerExit(1, HasStarted: true);
        }
    }
}
