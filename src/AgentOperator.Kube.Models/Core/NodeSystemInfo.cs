namespace AgentOperator.Kube.Models.Core;

/// <summary>v1 NodeSystemInfo: every field is required by the API server.</summary>
public sealed record NodeSystemInfo
{
    public string MachineID { get => field ?? ""; init; }

    public string SystemUUID { get => field ?? ""; init; }

    public string BootID { get => field ?? ""; init; }

    public string KernelVersion { get => field ?? ""; init; }

    public string OsImage { get => field ?? ""; init; }

    public string ContainerRuntimeVersion { get => field ?? ""; init; }

    public string KubeletVersion { get => field ?? ""; init; }

    public string KubeProxyVersion { get => field ?? ""; init; }

    public string OperatingSystem { get => field ?? ""; init; }

    public string Architecture { get => field ?? ""; init; }
}
