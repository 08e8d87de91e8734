using System.Diagnostics;
using System.Globalization;

namespace AgentOperator.Local.Node;

/// <summary>Runs a command inside of a running container.</summary>
internal static class ContainerExec
{
    private const string Script = """exec nsenter "$@" >/dev/null 2>&1 </dev/null""";

    /// <summary>The command's exit code; null when it took too long and was ended.</summary>
    public static async Task<int?> RunAsync(NodeContext node, int container, IReadOnlyDictionary<string, string> environment, IReadOnlyList<string> command, TimeSpan longest, CancellationToken cancellation)
    {
        ProcessStartInfo info = new("/bin/sh") { UseShellExecute = false };
        IEnumerable<string> arguments =
        [
            "-c", Script, "exec",
            "--target", container.ToString(CultureInfo.InvariantCulture), .. User(container), "--mount", "--uts", "--ipc", "--pid", "--root", "--wd",
            "--", "env", "-i", .. environment.Select(static variable => $"{variable.Key}={variable.Value}"), .. command,
        ];
        foreach (string argument in arguments)
        {
            info.ArgumentList.Add(argument);
        }

        using Process process = await node.Launcher.StartAsync(info);
        using CancellationTokenSource patience = new(longest, node.Time);
        using CancellationTokenSource linked = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellation);
        try
        {
            await process.WaitForExitAsync(linked.Token);
            return process.ExitCode;
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
            cancellation.ThrowIfCancellationRequested();
            return null;
        }
    }

    /// <summary>The user namespace is joined only where there is another one: joining its own is refused.</summary>
    private static string[] User(int container) =>
        new FileInfo($"/proc/{container}/ns/user").LinkTarget == new FileInfo("/proc/self/ns/user").LinkTarget ? [] : ["--user", "--preserve-credentials"];
}
