using System.Globalization;
using AgentOperator.Kube.Models.Core;
using AgentOperator.Local.Images;

namespace AgentOperator.Local.Node;

/// <summary>Arguments of bwrap for one container.</summary>
internal static class Bubblewrap
{
    public const string Program = "bwrap";
    public const string DefaultTerminationLog = "/dev/termination-log";

    // What each container gets anew, and what would only leak the host's state.
    private static readonly string[] Replaced = ["dev", "proc", "run", "tmp", "lost+found"];

    public static IReadOnlyList<string> Arguments(Pod pod, Container container, LocalImage image, ContainerCommand command, ContainerFiles files)
    {
        List<string> arguments =
        [
            "--unshare-pid", "--unshare-ipc", "--unshare-uts", "--as-pid-1", "--die-with-parent", "--new-session",
            "--hostname", pod.Metadata.Name!,
            "--json-status-fd", "3",
            .. User(pod, container),
            .. Root("/"),
            "--dev", "/dev", "--proc", "/proc", "--tmpfs", "/run", "--tmpfs", "/tmp",
        ];
        foreach (ImageMount mount in image.Mounts)
        {
            arguments.AddRange([mount.ReadOnly == false ? "--bind" : "--ro-bind", mount.Source, mount.Path]);
        }

        arguments.AddRange(["--ro-bind", files.Hosts, "/etc/hosts"]);
        arguments.AddRange(["--bind", files.TerminationLog, container.TerminationMessagePath ?? DefaultTerminationLog]);
        if (command.WorkingDir.StartsWith("/tmp", StringComparison.Ordinal) || command.WorkingDir.StartsWith("/run", StringComparison.Ordinal))
        {
            arguments.AddRange(["--dir", command.WorkingDir]);
        }

        arguments.AddRange(["--remount-ro", "/", "--chdir", command.WorkingDir, "--clearenv"]);
        foreach ((string name, string value) in command.Environment)
        {
            arguments.AddRange(["--setenv", name, value]);
        }

        return [.. arguments, "--", .. command.Line];
    }

    private static IEnumerable<string> User(Pod pod, Container container)
    {
        long? user = container.SecurityContext?.RunAsUser ?? pod.Spec!.SecurityContext?.RunAsUser;
        long? group = pod.Spec!.SecurityContext?.RunAsGroup ?? user;
        return user is { } uid
            ? ["--unshare-user", "--uid", uid.ToString(CultureInfo.InvariantCulture), "--gid", group!.Value.ToString(CultureInfo.InvariantCulture)]
            : [];
    }

    /// <summary>Each entry of the host's root by itself, read-only: a mount may then add another beside them.</summary>
    private static IEnumerable<string> Root(string root)
    {
        foreach (FileSystemInfo entry in new DirectoryInfo(root).EnumerateFileSystemInfos())
        {
            if (Replaced.Contains(entry.Name, StringComparer.Ordinal))
            {
                continue;
            }

            IEnumerable<string> arguments = entry.LinkTarget is { } target ? ["--symlink", target, entry.FullName] : ["--ro-bind-try", entry.FullName, entry.FullName];
            foreach (string argument in arguments)
            {
                yield return argument;
            }
        }
    }
}
