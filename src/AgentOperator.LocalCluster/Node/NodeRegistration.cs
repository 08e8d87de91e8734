using System.Runtime.InteropServices;
using AgentOperator.Kube;
using AgentOperator.Kube.Models;

namespace AgentOperator.Local.Node;

/// <summary>The Node object.</summary>
internal static class NodeRegistration
{
    private static readonly ApplyOptions Apply = new("local-node");

    public static async Task WriteAsync(NodeContext node, CancellationToken cancellation)
    {
        ResourceClient<Kube.Models.Core.Node> nodes = node.Client.Resource<Kube.Models.Core.Node>();
        await nodes.ApplyAsync(new Kube.Models.Core.Node { Metadata = Metadata(node) }, Apply, cancellation);
        Time now = new(node.Time.GetUtcNow());
        await nodes.ApplyStatusAsync(
            new Kube.Models.Core.Node
            {
                Metadata = new ObjectMeta { Name = node.NodeName },
                Status = new Kube.Models.Core.NodeStatus
                {
                    Conditions =
                    [
                        new Kube.Models.Core.NodeCondition
                        {
                            Type = "Ready",
                            Status = ConditionStatus.True,
                            Reason = "KubeletReady",
                            Message = "pods run as processes under bubblewrap",
                            LastHeartbeatTime = now,
                            LastTransitionTime = now,
                        },
                    ],
                    Addresses =
                    [
                        new Kube.Models.Core.NodeAddress { Type = "InternalIP", Address = node.HostIP },
                        new Kube.Models.Core.NodeAddress { Type = "Hostname", Address = node.NodeName },
                    ],
                    DaemonEndpoints = new Kube.Models.Core.NodeDaemonEndpoints { KubeletEndpoint = new Kube.Models.Core.DaemonEndpoint { Port = node.KubeletPort } },
                    NodeInfo = new Kube.Models.Core.NodeSystemInfo
                    {
                        KernelVersion = Environment.OSVersion.Version.ToString(),
                        OsImage = RuntimeInformation.OSDescription,
                        ContainerRuntimeVersion = "bubblewrap://local",
                        KubeletVersion = "v0.1.0-local",
                        OperatingSystem = "linux",
                        Architecture = RuntimeInformation.OSArchitecture == Architecture.Arm64 ? "arm64" : "amd64",
                    },
                },
            },
            Apply,
            cancellation);
    }

    private static ObjectMeta Metadata(NodeContext node) => new()
    {
        Name = node.NodeName,
        Labels = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["kubernetes.io/hostname"] = node.NodeName,
            ["kubernetes.io/os"] = "linux",
        },
    };
}
