using AgentOperator.Kube.Models.Core;
using AgentOperator.Local.Namespaces;

namespace AgentOperator.Local.Node.Volumes;

/// <summary>What a real API server's ServiceAccount admission adds to a pod: a volume by which its programs reach the API.</summary>
internal static class ServiceAccountAccess
{
    public const string MountPath = "/var/run/secrets/kubernetes.io/serviceaccount";
    private const string VolumeName = "kube-api-access";
    private const long Seconds = 3607;

    public static PodSpec Add(PodSpec spec, ServiceAccount? account)
    {
        if ((spec.AutomountServiceAccountToken ?? account?.AutomountServiceAccountToken) == false || (spec.Volumes ?? []).Any(static volume => volume.Name.StartsWith(VolumeName, StringComparison.Ordinal)))
        {
            return spec;
        }

        return spec with
        {
            Volumes = [.. spec.Volumes ?? [], AccessVolume()],
            Containers = [.. spec.Containers.Select(Mount)],
            InitContainers = spec.InitContainers is { } init ? [.. init.Select(Mount)] : null,
        };
    }

    private static Container Mount(Container container) => (container.VolumeMounts ?? []).Any(static mount => mount.MountPath.TrimEnd('/') == MountPath)
        ? container
        : container with { VolumeMounts = [.. container.VolumeMounts ?? [], new VolumeMount { Name = VolumeName, MountPath = MountPath, ReadOnly = true }] };

    private static Volume AccessVolume() => new()
    {
        Name = VolumeName,
        Projected = new ProjectedVolumeSource
        {
            Sources =
            [
                new VolumeProjection { ServiceAccountToken = new ServiceAccountTokenProjection { ExpirationSeconds = Seconds, Path = "token" } },
                new VolumeProjection { ConfigMap = new ConfigMapProjection { Name = NamespaceReconciler.RootAuthority, Items = [new KeyToPath { Key = "ca.crt", Path = "ca.crt" }] } },
                new VolumeProjection { DownwardApi = new DownwardApiProjection { Items = [new DownwardApiVolumeFile { Path = "namespace", FieldRef = new ObjectFieldSelector { FieldPath = "metadata.namespace" } }] } },
            ],
        },
    };
}
