using System.Collections.Concurrent;
using System.Diagnostics;

namespace AgentOperator.Local.Processes;

/// <summary>Starts every child from one thread that lives as long as the cluster: a parent-death signal is sent when the forking <em>thread</em> ends, and pool threads do.</summary>
internal sealed class ProcessLauncher : IDisposable
{
    private readonly BlockingCollection<Action> _starts = [];
    private readonly Thread _thread;

    public ProcessLauncher()
    {
        _thread = new Thread(Run) { IsBackground = true, Name = "process launcher" };
        _thread.Start();
    }

    public Task<Process> StartAsync(ProcessStartInfo info)
    {
        TaskCompletionSource<Process> started = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _starts.Add(() =>
        {
            try
            {
                started.SetResult(Process.Start(info)!);
            }
#pragma warning disable CA1031 // Goes to the caller as it is.
            catch (Exception error)
#pragma warning restore CA1031
            {
                started.SetException(error);
            }
        });
        return started.Task;
    }

    /// <summary>Ends the thread, and with it whatever child is still there.</summary>
    public void Dispose()
    {
        _starts.CompleteAdding();
        _thread.Join();
        _starts.Dispose();
    }

    private void Run()
    {
        foreach (Action start in _starts.GetConsumingEnumerable())
        {
            start();
        }
    }
}
