using System.Globalization;
using System.Text;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Core;
using AgentOperator.Local.Node.Config;

namespace AgentOperator.Local.Node.Volumes;

/// <summary>The volumes of one pod, kept up to date while it runs.</summary>
internal sealed class PodVolumes(NodeContext node, Pod pod, PodAddress address)
{
    /// <summary>Annotation of pods that may write to hostPath volumes: <c>true</c>.</summary>
    public const string WritableHostPaths = "local.agentoperator.dev/writable-host-paths";

    private const UnixFileMode Everybody = (UnixFileMode)0b111_111_111;

    private readonly string _folder = Path.Combine(node.VolumesFolder, pod.Metadata.Uid!);
    private readonly PodTokens _tokens = new(node.Raw, pod, node.Time);
    private int _version;

    /// <summary>The pod's spec with what the service account adds; complete after <see cref="PrepareAsync"/>.</summary>
    public PodSpec Spec { get; private set; } = pod.Spec!;

    /// <summary>The pod asks to write to this machine's own files.</summary>
    public bool CanWriteHost { get; } = pod.Annotation(WritableHostPaths) == "true";

    /// <summary>When files have to be written again even if nothing changes; null for never.</summary>
    public DateTimeOffset? RenewAt => _tokens.RenewAt;

    /// <exception cref="ContainerConfigException">A volume cannot be made now.</exception>
    public async Task PrepareAsync(CancellationToken cancellation)
    {
        ServiceAccount? account = await node.Config.AccountAsync(pod.Metadata.Namespace!, pod.Spec!.ServiceAccountName ?? "default", cancellation);
        Spec = ServiceAccountAccess.Add(pod.Spec, account);
        await WriteAsync(pod, cancellation);
    }

    /// <summary>Writes what has changed: ConfigMaps, Secrets, the pod's labels and annotations, tokens that are due.</summary>
    public async Task WriteAsync(Pod latest, CancellationToken cancellation)
    {
        IReadOnlyList<Volume> volumes = Spec.Volumes ?? [];
        ConfigSnapshot config = await node.Config.ReadAsync(pod.Metadata.Namespace!, ConfigReferences.Of(volumes), cancellation);
        foreach (Volume volume in volumes)
        {
            if (await FilesAsync(volume, latest, config, cancellation) is { } files)
            {
                string version = string.Create(CultureInfo.InvariantCulture, $"{node.Time.GetUtcNow():yyyy_MM_dd_HH_mm_ss}.{Interlocked.Increment(ref _version)}");
                AtomicFolder.Write(FolderOf(volume), files, version);
            }
            else
            {
                Prepare(volume);
            }
        }
    }

    /// <summary>Where a volume's content is on this machine.</summary>
    public string FolderOf(Volume volume) => volume.HostPath?.Path ?? Path.Combine(_folder, volume.Name);

    /// <summary>Removes what was made for the pod.</summary>
    public void Delete()
    {
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    private void Prepare(Volume volume)
    {
        string path = FolderOf(volume);
        switch (volume)
        {
            case { EmptyDir: not null }:
                Directory.CreateDirectory(path);
                File.SetUnixFileMode(path, Everybody);
                break;
            case { HostPath.Type: "DirectoryOrCreate" }:
                Directory.CreateDirectory(path);
                break;
            case { HostPath: not null } when !Path.Exists(path):
                throw new ContainerConfigException($"hostPath type check failed: {path} does not exist");
            case { HostPath: null }:
                throw new ContainerConfigException($"volume {volume.Name}: this kind of volume is not supported");
        }
    }

    /// <summary>Null for volumes that containers fill themselves.</summary>
    private async Task<IReadOnlyList<VolumeFile>?> FilesAsync(Volume volume, Pod latest, ConfigSnapshot config, CancellationToken cancellation)
    {
        switch (volume)
        {
            case { ConfigMap: { } map }:
                return [.. VolumeFiles.Of(config.ConfigMap(map.Name, map.Optional), map.Items, map.DefaultMode, map.Optional)];
            case { Secret: { } secret }:
                return [.. VolumeFiles.Of(config.Secret(secret.SecretName, secret.Optional), secret.Items, secret.DefaultMode, secret.Optional)];
            case { DownwardApi: { } downward }:
                return [.. VolumeFiles.Of(latest, address, downward.Items, downward.DefaultMode)];
            case { Projected: { } projected }:
                List<VolumeFile> files = [];
                foreach (VolumeProjection source in projected.Sources ?? [])
                {
                    files.AddRange(await ProjectAsync(source, projected.DefaultMode, latest, config, cancellation));
                }

                return files;
            default:
                return null;
        }
    }

    private async Task<IEnumerable<VolumeFile>> ProjectAsync(VolumeProjection source, int? mode, Pod latest, ConfigSnapshot config, CancellationToken cancellation) => source switch
    {
        { ConfigMap: { } map } => VolumeFiles.Of(config.ConfigMap(map.Name, map.Optional), map.Items, mode, map.Optional),
        { Secret: { } secret } => VolumeFiles.Of(config.Secret(secret.Name, secret.Optional), secret.Items, mode, secret.Optional),
        { DownwardApi: { } downward } => VolumeFiles.Of(latest, address, downward.Items, mode),
        { ServiceAccountToken: { } token } => [new VolumeFile(token.Path, Encoding.UTF8.GetBytes(await _tokens.GetAsync(token, cancellation)), VolumeFile.ModeOf(null, mode))],
        _ => throw new ContainerConfigException("this source of a projected volume is not supported"),
    };
}
