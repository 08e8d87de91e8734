using System.Diagnostics;
using AgentOperator.Tooling;

namespace AgentOperator.Demo;

/// <summary><c>kubectl agents</c>, shown as a person types it and sees it.</summary>
internal sealed class Plugin(Kubectl kubectl, string kubeConfig, string ns)
{
    /// <summary>Holds kubectl-agents: kubectl finds its plugins on PATH.</summary>
    public static string Folder => AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar);

    /// <summary>Prints the command and lets it print.</summary>
    /// <exception cref="ToolException">It failed.</exception>
    public async Task ShowAsync(CancellationToken cancellation, params string[] arguments)
    {
        Console.WriteLine();
        Console.WriteLine($"$ kubectl agents {string.Join(' ', arguments)}");
        await Console.Out.FlushAsync(cancellation);
        ProcessStartInfo start = new(kubectl.Program, ["agents", .. arguments, "--namespace", ns]) { UseShellExecute = false, WorkingDirectory = Repository.Root };
        start.Environment["KUBECONFIG"] = kubeConfig;
        start.Environment["PATH"] = $"{Folder}{Path.PathSeparator}{Environment.GetEnvironmentVariable("PATH")}";
        using Process process = Process.Start(start) ?? throw new ToolException($"{kubectl.Program} could not be started.");
        await process.WaitForExitAsync(cancellation);
        if (process.ExitCode != 0)
        {
            throw new ToolException($"kubectl agents {string.Join(' ', arguments)} ended with {process.ExitCode}.");
        }
    }
}
