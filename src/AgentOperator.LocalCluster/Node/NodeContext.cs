using AgentOperator.Kube;
using AgentOperator.Local.Images;
using AgentOperator.Local.Processes;
using Microsoft.Extensions.Logging;

namespace AgentOperator.Local.Node;

/// <summary>What every pod of the node shares.</summary>
internal sealed record NodeContext(
    string NodeName,
    string HostIP,
    string PodsFolder,
    KubeClient Client,
    ImageMapFile Images,
    ProcessLauncher Launcher,
    PodAddresses Addresses,
    TimeProvider Time,
    ILoggerFactory LoggerFactory);
