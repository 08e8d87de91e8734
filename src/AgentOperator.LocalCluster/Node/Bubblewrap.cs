using System.Globalization;
using AgentOperator.Kube.Models.Core;
using AgentOperator.Local.Images;
using AgentOperator.Local.Node.Mounts;

namespace AgentOperator.Local.Node;

/// <summary>Arguments of bwrap for one container.</summary>
internal static class Bubblewrap
{
    public const string Program = "bwrap";
    public const string DefaultTerminationLog = "/dev/termination-log";

    public static IReadOnlyList<string> Arguments(Pod pod, Container container, LocalImage image, ContainerCommand command, ContainerFiles files, IReadOnlyList<SandboxMount> volumes)
    {
        SandboxMount[] mounts =
        [
            .. image.Mounts.Select(static mount => new SandboxMount(mount.Source, SandboxPath.Resolve(mount.Path), mount.ReadOnly != false)),
            new SandboxMount(files.Hosts, "/etc/hosts", IsReadOnly: true),
            .. volumes,
            new SandboxMount(files.TerminationLog, SandboxPath.Resolve(container.TerminationMessagePath ?? DefaultTerminationLog), IsReadOnly: false),
        ];
        List<string> arguments =
        [
            "--unshare-pid", "--unshare-ipc", "--unshare-uts", "--as-pid-1", "--die-with-parent", "--new-session",
            "--hostname", pod.Spec!.Hostname ?? pod.Metadata.Name!,
            "--json-status-fd", "3",
            .. User(pod, container),
            .. SandboxRoot.Arguments(mounts.Select(static mount => mount.Target)),
            "--dev", "/dev", "--proc", "/proc", "--tmpfs", "/run", "--tmpfs", "/tmp",
        ];
        foreach (SandboxMount mount in mounts)
        {
            arguments.AddRange([mount.IsReadOnly ? "--ro-bind" : "--bind", mount.Source, mount.Target]);
        }

        IEnumerable<string> writable = ["/tmp", "/run", .. volumes.Where(static mount => !mount.IsReadOnly).Select(static mount => mount.Target)];
        if (writable.Any(folder => SandboxPath.IsWithin(command.WorkingDir, folder)))
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
        long? group = container.SecurityContext?.RunAsGroup ?? pod.Spec!.SecurityContext?.RunAsGroup ?? user;
        return user is { } uid
            ? ["--unshare-user", "--uid", uid.ToString(CultureInfo.InvariantCulture), "--gid", group!.Value.ToString(CultureInfo.InvariantCulture)]
            : [];
    }
}
