using System.Diagnostics;
using AgentOperator.Local.Processes;

namespace AgentOperator.Local.Tests.Cluster;

/// <summary>The command as a user starts it, with a state folder of its own.</summary>
internal sealed class UpProcess : IDisposable
{
    private readonly Process _process;
    private readonly Task<string> _errors;

    private UpProcess(Process process)
    {
        _process = process;
        _errors = process.StandardError.ReadToEndAsync();
    }

    public int Id => _process.Id;

    public static UpProcess Start(string stateHome, params string[] arguments)
    {
        ProcessStartInfo info = new("dotnet") { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        info.Environment["XDG_STATE_HOME"] = stateHome;
        foreach (string argument in (IEnumerable<string>)["exec", Path.Combine(AppContext.BaseDirectory, "AgentOperator.LocalCluster.dll"), .. arguments])
        {
            info.ArgumentList.Add(argument);
        }

        return new UpProcess(Process.Start(info)!);
    }

    public static string Folder(string stateHome, string name) => Path.Combine(stateHome, "agent-operator", "clusters", name);

    /// <summary>Runs a command to its end.</summary>
    public static async Task<(int ExitCode, string Output, string Errors)> RunAsync(string stateHome, params string[] arguments)
    {
        using UpProcess process = Start(stateHome, arguments);
        string output = await process._process.StandardOutput.ReadToEndAsync();
        return (await process.ExitAsync(), output, await process._errors);
    }

    /// <summary>The line on stdout that says it is ready.</summary>
    public async Task<string> ReadyAsync() =>
        await _process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) ?? throw new InvalidOperationException(await _errors);

    public void Signal(int signal) => Signals.Send(_process.Id, signal);

    public async Task<int> ExitAsync()
    {
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }
}
