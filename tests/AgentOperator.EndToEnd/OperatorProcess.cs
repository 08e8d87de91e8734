using System.Collections.Concurrent;
using System.Diagnostics;

namespace AgentOperator.EndToEnd;

/// <summary>The operator as a process of its own, watching one namespace.</summary>
internal sealed class OperatorProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _log = new();

    private OperatorProcess(Process process)
    {
        _process = process;
        _process.ErrorDataReceived += (_, line) => _log.Enqueue(line.Data ?? "");
        _process.BeginErrorReadLine();
    }

    /// <summary>What it has logged.</summary>
    public IReadOnlyCollection<string> Log => _log;

    public static OperatorProcess Start(string kubeConfig, string ns)
    {
        ProcessStartInfo start = new("dotnet") { RedirectStandardError = true };
        foreach (string argument in (string[])[Path.Combine(AppContext.BaseDirectory, "agent-operator.dll"), "--kubeconfig", kubeConfig, "--namespace", ns])
        {
            start.ArgumentList.Add(argument);
        }

        return new OperatorProcess(Process.Start(start)!);
    }

    /// <summary>SIGKILL.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>SIGTERM; returns the exit code.</summary>
    public async Task<int> StopAsync()
    {
        using Process kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
        await kill.WaitForExitAsync();
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await KillAsync();
        }

        _process.Dispose();
    }
}
