using System.Diagnostics;

namespace AgentOperator.Demo;

/// <summary>The operator as a process of its own, as a user would run it out of the cluster.</summary>
internal sealed class OperatorProcess : IAsyncDisposable
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    private readonly Process _process;
    private readonly Task _log;

    private OperatorProcess(Process process, Task log, string logFile)
    {
        _process = process;
        _log = log;
        LogFile = logFile;
    }

    public string LogFile { get; }

    /// <summary>Completes when the operator has ended, which it should not by itself.</summary>
    public Task Ended => _process.WaitForExitAsync();

    public static OperatorProcess Start(string kubeConfig)
    {
        string folder = Repository.PathTo("artifacts", "demo");
        Directory.CreateDirectory(folder);
        string logFile = Path.Combine(folder, "operator.log");
        ProcessStartInfo start = new("dotnet") { RedirectStandardError = true, RedirectStandardInput = true };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "agent-operator.dll"));
        start.ArgumentList.Add("--kubeconfig");
        start.ArgumentList.Add(kubeConfig);
        Process process = Process.Start(start) ?? throw new DemoException("The operator could not be started.");
        return new OperatorProcess(process, CopyAsync(process, logFile), logFile);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            using Process kill = Process.Start("kill", ["-TERM", _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
            await kill.WaitForExitAsync();
            using CancellationTokenSource patience = new(Grace, TimeProvider.System);
            try
            {
                await _process.WaitForExitAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                _process.Kill(entireProcessTree: true);
            }
        }

        await _log;
        _process.Dispose();
    }

    private static async Task CopyAsync(Process process, string logFile)
    {
        await using FileStream file = File.Create(logFile);
        await process.StandardError.BaseStream.CopyToAsync(file);
    }
}
