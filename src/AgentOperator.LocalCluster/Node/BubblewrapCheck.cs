using System.ComponentModel;
using System.Diagnostics;
using AgentOperator.Local.Processes;

namespace AgentOperator.Local.Node;

/// <summary>Whether sandboxes can be made here, found out by making one.</summary>
internal static class BubblewrapCheck
{
    /// <exception cref="LocalClusterException">They cannot; the message says what to install or to set.</exception>
    public static async Task RunAsync(ProcessLauncher launcher, CancellationToken cancellation)
    {
        ProcessStartInfo info = new(Bubblewrap.Program) { UseShellExecute = false, RedirectStandardError = true };
        foreach (string argument in (string[])["--ro-bind", "/", "/", "--dev", "/dev", "--proc", "/proc", "--unshare-pid", "--unshare-uts", "--unshare-user", "--", "true"])
        {
            info.ArgumentList.Add(argument);
        }

        try
        {
            using Process process = await launcher.StartAsync(info);
            string error = await process.StandardError.ReadToEndAsync(cancellation);
            await process.WaitForExitAsync(cancellation);
            if (process.ExitCode != 0)
            {
                throw new LocalClusterException(
                    $"bubblewrap cannot make a sandbox: {error.Trim()}{Environment.NewLine}"
                    + "If unprivileged user namespaces are switched off (Ubuntu 23.10 and later): sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0, "
                    + "on older systems: sudo sysctl -w kernel.unprivileged_userns_clone=1. --simulated runs no pods and needs neither.");
            }
        }
        catch (Win32Exception error)
        {
            throw new LocalClusterException("Pods run under bubblewrap, which is not installed: apt-get install bubblewrap (or dnf install bubblewrap). --simulated runs no pods and does not need it.", error);
        }
    }
}
