using AgentOperator.Kube.Models.Core;
using AgentOperator.Local.Node.Volumes;

namespace AgentOperator.Local.Node.Mounts;

/// <summary>A container's volumeMounts.</summary>
internal static class ContainerMounts
{
    /// <summary>Outer paths first, so that inner ones appear inside of them.</summary>
    /// <exception cref="ContainerConfigException">A mount names what is not there.</exception>
    public static IReadOnlyList<SandboxMount> Of(PodVolumes volumes, string container, IReadOnlyDictionary<string, string> environment)
    {
        IEnumerable<Container> all = [.. volumes.Spec.Containers, .. volumes.Spec.InitContainers ?? []];
        IReadOnlyList<VolumeMount> mounts = all.First(candidate => candidate.Name == container).VolumeMounts ?? [];
        return [.. mounts.Select(mount => Of(volumes, mount, environment)).OrderBy(static mount => mount.Target.Count(static letter => letter == '/'))];
    }

    private static SandboxMount Of(PodVolumes volumes, VolumeMount mount, IReadOnlyDictionary<string, string> environment)
    {
        Volume volume = volumes.Spec.Volumes?.FirstOrDefault(volume => volume.Name == mount.Name)
            ?? throw new ContainerConfigException($"volumeMount {mount.MountPath}: there is no volume {mount.Name}");
        bool isReadOnly = volume switch
        {
            { EmptyDir: not null } => mount.ReadOnly == true,

            // Programs run with the rights of whoever started the cluster: writing to the machine has to be asked for,
            // and not by readOnly: false, which the API server does not keep.
            { HostPath: not null } => mount.ReadOnly == true || !volumes.CanWriteHost,
            _ => true,
        };
        string source = volumes.FolderOf(volume);
        string subPath = mount.SubPathExpr is { } expression ? VariableExpansion.Expand(expression, environment) : mount.SubPath ?? "";
        return new SandboxMount(subPath.Length == 0 ? source : SubPath(source, subPath, volume), SandboxPath.Resolve(mount.MountPath), isReadOnly);
    }

    private static string SubPath(string volume, string subPath, Volume source)
    {
        string path = Path.GetFullPath(Path.Combine(volume, subPath));
        if (!path.StartsWith(volume.TrimEnd('/') + '/', StringComparison.Ordinal))
        {
            throw new ContainerConfigException($"subPath {subPath} must stay within its volume");
        }

        if (!Path.Exists(path))
        {
            if (source.EmptyDir is null)
            {
                throw new ContainerConfigException($"subPath {subPath} does not exist in volume {source.Name}");
            }

            Directory.CreateDirectory(path);
            File.SetUnixFileMode(path, (UnixFileMode)0b111_111_111);
        }

        return SandboxPath.Resolve(path);
    }
}
