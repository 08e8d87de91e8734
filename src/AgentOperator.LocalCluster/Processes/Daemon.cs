using System.Diagnostics;

namespace AgentOperator.Local.Processes;

/// <summary>A long-running child that writes to a log file and dies with us.</summary>
internal sealed class Daemon : IDisposable
{
    // Opens the log itself, so that no byte goes through us; a session of its own keeps Ctrl-C in a terminal from it.
    private const string Script = """exec >>"$0" 2>&1 </dev/null; exec setsid setpriv --pdeathsig KILL -- "$@" """;

    private readonly Process _process;

    private Daemon(string name, string log, Process process)
    {
        Name = name;
        Log = log;
        _process = process;
        Identity = ProcessIdentity.Read(process.Id);
        Exited = process.WaitForExitAsync();
    }

    public string Name { get; }

    public string Log { get; }

    /// <summary>Null when it ended before it could be read.</summary>
    public ProcessIdentity? Identity { get; }

    public Task Exited { get; }

    /// <summary>True once it was killed on purpose.</summary>
    public bool IsKilled { get; private set; }

    public static async Task<Daemon> StartAsync(ProcessLauncher launcher, string name, string log, string program, IEnumerable<string> arguments)
    {
        ProcessStartInfo info = new("/bin/sh") { UseShellExecute = false };
        foreach (string argument in (IEnumerable<string>)["-c", Script, log, program, .. arguments])
        {
            info.ArgumentList.Add(argument);
        }

        return new Daemon(name, log, await launcher.StartAsync(info));
    }

    /// <summary>Asks it to end and kills it when it does not.</summary>
    public async Task StopAsync(TimeSpan patience, TimeProvider time)
    {
        if (Exited.IsCompleted)
        {
            return;
        }

        Signals.Send(_process.Id, Signals.Terminate);
        try
        {
            await Exited.WaitAsync(patience, time);
        }
        catch (TimeoutException)
        {
            Signals.Send(_process.Id, Signals.Kill);
            await Exited;
        }
    }

    /// <summary>SIGKILL: no chance to clean up.</summary>
    public async Task KillAsync()
    {
        IsKilled = true;
        Signals.Send(_process.Id, Signals.Kill);
        await Exited;
    }

    public LocalClusterException Failure() =>
        new($"{Name} ended with exit code {_process.ExitCode}. The end of {Log}:{Environment.NewLine}{LogTail.Read(Log, 20)}");

    public void Dispose() => _process.Dispose();
}
