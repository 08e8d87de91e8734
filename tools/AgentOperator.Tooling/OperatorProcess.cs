using System.Diagnostics;
using System.Runtime.InteropServices;

namespace AgentOperator.Tooling;

/// <summary>The operator as a process of its own, as it runs out of the cluster.</summary>
public sealed partial class OperatorProcess : IAsyncDisposable
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(15);

    private readonly Process _process;
    private readonly Task _log;

    private OperatorProcess(Process process, string logFile)
    {
        _process = process;
        LogFile = logFile;

        // To be read while it is written: no lock, no buffer.
        _log = CopyAsync(process, new FileStream(logFile, FileMode.Create, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0));
    }

    /// <summary>Where its log goes.</summary>
    public string LogFile { get; }

    /// <summary>Of the process.</summary>
    public int Id => _process.Id;

    /// <summary>Completes when it has ended, by itself or not.</summary>
    public Task Ended => _process.WaitForExitAsync();

    /// <summary>The build of the operator that lies beside the running program.</summary>
    public static string Assembly => Path.Combine(AppContext.BaseDirectory, "agent-operator.dll");

    /// <summary>Starts the operator. It listens on the ports that are asked for only, since several run side by side.</summary>
    public static OperatorProcess Start(string logFile, params string[] arguments) => Start(logFile, new Dictionary<string, string>(StringComparer.Ordinal), arguments);

    /// <summary>The same with variables of its own.</summary>
    public static OperatorProcess Start(string logFile, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(logFile)!);
        ProcessStartInfo start = new("dotnet", [Assembly, .. arguments]) { RedirectStandardError = true, UseShellExecute = false };
        foreach (string server in (string[])["METRICS_BIND_ADDRESS", "HEALTH_PROBE_BIND_ADDRESS"])
        {
            start.Environment[$"AGENTOPERATOR_{server}"] = "0";
        }

        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        return new OperatorProcess(Process.Start(start) ?? throw new ToolException("The operator could not be started."), logFile);
    }

    /// <summary>What it has logged up to now.</summary>
    public async Task<string> ReadLogAsync(CancellationToken cancellation)
    {
        await using FileStream file = new(LogFile, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using StreamReader reader = new(file);
        return await reader.ReadToEndAsync(cancellation);
    }

    /// <summary>SIGKILL: no chance to clean up.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Sends a signal; false when it has ended already.</summary>
    public bool Signal(Signal signal) => NativeKill(_process.Id, (int)signal) == 0;

    /// <summary>SIGTERM; returns the exit code.</summary>
    public async Task<int> StopAsync()
    {
        Signal(Tooling.Signal.Terminate);
        return await ExitCodeAsync();
    }

    /// <summary>Waits for its end.</summary>
    /// <exception cref="ToolException">It has not ended within its grace period, and was killed.</exception>
    public async Task<int> ExitCodeAsync()
    {
        using CancellationTokenSource grace = new(Grace, TimeProvider.System);
        try
        {
            await _process.WaitForExitAsync(grace.Token);
        }
        catch (OperationCanceledException error)
        {
            await KillAsync();
            throw new ToolException($"The operator did not stop within {Grace.TotalSeconds:0} s; its log is {LogFile}.", error);
        }

        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await StopAsync();
        }

        await _log;
        _process.Dispose();
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int NativeKill(int processId, int signal);

    private static async Task CopyAsync(Process process, FileStream log)
    {
        await using FileStream file = log;
        await process.StandardError.BaseStream.CopyToAsync(file);
    }
}
