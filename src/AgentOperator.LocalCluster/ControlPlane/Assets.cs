using System.Diagnostics;
using AgentOperator.Local.Processes;

namespace AgentOperator.Local.ControlPlane;

/// <summary>Where etcd and kube-apiserver are.</summary>
internal static class Assets
{
    public const string Variable = "KUBEBUILDER_ASSETS";

    private static readonly string Script = Path.Combine("local", "controlplane", "build.sh");

    /// <summary>Folder with both programs.</summary>
    /// <exception cref="LocalClusterException">There is none; the message says how to get one.</exception>
    public static async Task<string> FindAsync(ProcessLauncher launcher, CancellationToken cancellation)
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } folder)
        {
            return Check(folder, $"{Variable} names");
        }

        string script = FindScript() ?? throw new LocalClusterException(
            $"No control plane: set {Variable} to a folder with etcd and kube-apiserver, or run from the repository, where {Script} builds one.");
        ProcessStartInfo info = new(script) { UseShellExecute = false, RedirectStandardOutput = true };
        info.ArgumentList.Add("--path");
        using Process process = await launcher.StartAsync(info);
        string output = (await process.StandardOutput.ReadToEndAsync(cancellation)).Trim();
        await process.WaitForExitAsync(cancellation);
        return process.ExitCode == 0
            ? Check(output, $"{Script} names")
            : throw new LocalClusterException($"The control plane is not built yet: run {Script} once (make demo and make test do it), or set {Variable}.");
    }

    private static string Check(string folder, string who)
    {
        foreach (string program in (string[])["etcd", "kube-apiserver"])
        {
            if (!File.Exists(Path.Combine(folder, program)))
            {
                throw new LocalClusterException($"{who} {folder}, which has no {program}.");
            }
        }

        return Path.GetFullPath(folder);
    }

    private static string? FindScript()
    {
        foreach (string start in (string[])[Environment.CurrentDirectory, AppContext.BaseDirectory])
        {
            for (DirectoryInfo? folder = new(start); folder is not null; folder = folder.Parent)
            {
                string script = Path.Combine(folder.FullName, Script);
                if (File.Exists(script))
                {
                    return script;
                }
            }
        }

        return null;
    }
}
