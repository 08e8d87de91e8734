using System.Diagnostics;

namespace AgentOperator.Demo;

/// <summary>kubectl against one cluster.</summary>
internal sealed class Kubectl(string program, string kubeConfig)
{
    /// <summary>The kubectl of the control plane's folder, else the one on PATH.</summary>
    public static string Find(string? assets)
    {
        string[] folders = [.. (string[])(assets is null ? [] : [assets]), .. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)];
        return folders.Select(static folder => Path.Combine(folder, "kubectl")).FirstOrDefault(File.Exists)
            ?? throw new DemoException("kubectl was found neither on PATH nor beside the control plane: install it.");
    }

    /// <summary>Runs kubectl and returns what it printed.</summary>
    /// <exception cref="DemoException">It failed; the message is its own.</exception>
    public async Task<string> RunAsync(CancellationToken cancellation, params string[] arguments)
    {
        ProcessStartInfo start = new(program) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["KUBECONFIG"] = kubeConfig;
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using Process process = Process.Start(start) ?? throw new DemoException($"{program} could not be started.");
        Task<string> output = process.StandardOutput.ReadToEndAsync(cancellation);
        Task<string> error = process.StandardError.ReadToEndAsync(cancellation);
        await process.WaitForExitAsync(cancellation);
        return process.ExitCode == 0 ? await output : throw new DemoException($"kubectl {string.Join(' ', arguments)} failed: {(await error).Trim()}");
    }
}
