using AgentOperator.Kube;
using AgentOperator.Local.Images;
using AgentOperator.Local.Network;
using AgentOperator.Local.Node.Config;
using AgentOperator.Local.Processes;
using AgentOperator.Local.Requests;
using Microsoft.Extensions.Logging;

namespace AgentOperator.Local.Node;

/// <summary>What every pod of the node shares.</summary>
internal sealed record NodeContext(
    string NodeName,
    string HostIP,
    string PodsFolder,
    string VolumesFolder,
    Uri ApiServer,
    KubeClient Client,
    RawClient Raw,
    ConfigReader Config,
    ImageMapFile Images,
    ProcessLauncher Launcher,
    AddressBlock Addresses,
    HostsTable Hosts,
    int KubeletPort,
    TimeProvider Time,
    ILoggerFactory LoggerFactory)
{
    /// <summary>Images that are parts of this process, by name.</summary>
    public IReadOnlyDictionary<string, IBuiltInImage> BuiltIn { get; init; } = new Dictionary<string, IBuiltInImage>(StringComparer.Ordinal);
}
