using System.Diagnostics;
using System.Text.Json;
using AgentOperator.Local.Processes;

namespace AgentOperator.Local.Node;

/// <summary>One run of a container under bubblewrap.</summary>
internal sealed class ContainerProcess : IContainerProcess
{
    // bwrap tells what becomes of the program on descriptor 3, which is our pipe; the program's own output goes straight to the log.
    private const string Script = """exec 3>&1 >>"$0" 2>&1 </dev/null; exec setsid "$@" """;

    private readonly Process _bubblewrap;
    private readonly TaskCompletionSource<int?> _child = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ContainerProcess(Process bubblewrap)
    {
        _bubblewrap = bubblewrap;
        Exited = FollowAsync();
    }

    public Task<ContainerExit> Exited { get; }

    public static async Task<ContainerProcess> StartAsync(ProcessLauncher launcher, string log, IReadOnlyList<string> bubblewrap)
    {
        ProcessStartInfo info = new("/bin/sh") { UseShellExecute = false, RedirectStandardOutput = true };
        foreach (string argument in (IEnumerable<string>)["-c", Script, log, Bubblewrap.Program, .. bubblewrap])
        {
            info.ArgumentList.Add(argument);
        }

        return new ContainerProcess(await launcher.StartAsync(info));
    }

    public Task<int?> ChildAsync() => _child.Task;

    public async Task EnterableAsync(TimeProvider time, CancellationToken cancellation)
    {
        // bubblewrap names its child before it has made the mounts; when the child is another program than bubblewrap they are made.
        while (!Exited.IsCompleted && await _child.Task is { } child && Path.GetFileName(new FileInfo($"/proc/{child}/exe").LinkTarget) == Bubblewrap.Program)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(10), time, cancellation);
        }
    }

    /// <summary>Signals the program itself: bubblewrap does not pass signals on.</summary>
    public async Task SignalAsync(int signal)
    {
        int? child = await _child.Task;
        if (!Exited.IsCompleted && child is { } id)
        {
            Signals.Send(id, signal);
        }
    }

    public void Dispose() => _bubblewrap.Dispose();

    private async Task<ContainerExit> FollowAsync()
    {
        int? code = null;
        try
        {
            while (await _bubblewrap.StandardOutput.ReadLineAsync() is { } line)
            {
                using JsonDocument status = JsonDocument.Parse(line);
                if (status.RootElement.TryGetProperty("child-pid", out JsonElement child))
                {
                    _child.TrySetResult(child.GetInt32());
                }
                else if (status.RootElement.TryGetProperty("exit-code", out JsonElement exit))
                {
                    code = exit.GetInt32();
                }
            }

            await _bubblewrap.WaitForExitAsync();
        }
        finally
        {
            _child.TrySetResult(null);
        }

        // No exit code and 1 of its own: bubblewrap could not make the sandbox or run the program.
        return code is { } ended ? new ContainerExit(ended, HasStarted: true) : new ContainerExit(_bubblewrap.ExitCode, HasStarted: _bubblewrap.ExitCode != 1);
    }
}
