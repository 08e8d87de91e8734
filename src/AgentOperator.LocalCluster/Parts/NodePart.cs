using AgentOperator.Kube.Models.Core;
using AgentOperator.Local.Images;
using AgentOperator.Local.Network;
using AgentOperator.Local.Node;
using AgentOperator.Local.Node.Config;
using AgentOperator.Local.Processes;
using AgentOperator.Local.State;

namespace AgentOperator.Local.Parts;

/// <summary>The node: scheduler and kubelet.</summary>
internal static class NodePart
{
    public static async Task<NodeAgent> AddAsync(WorkloadParts parts, ClusterFolder folder, ImageMapFile images, ProcessLauncher launcher, int kubeletPort, IReadOnlyDictionary<string, IBuiltInImage> builtIn, CancellationToken cancellation)
    {
        AddressBlock addresses = AddressBlock.Claim(parts.Connection.Server.Port);
        parts.Own(addresses);
        ConfigReader config = new(parts.Client, parts.Store<ConfigMap>(), parts.Store<Secret>(), parts.Store<ServiceAccount>());
        HostsTable hosts = new();
        NodeContext context = new(
            "local", "127.0.0.1", folder.Pods, folder.Volumes, parts.Connection.Server, parts.Client, parts.Raw, config, images, launcher, addresses, hosts, kubeletPort, parts.Time, parts.Options.LoggerFactory)
        {
            BuiltIn = builtIn,
        };
        NodeAgent agent = new(context, parts.Store<Pod>());
        parts.Store<ConfigMap>().Subscribe((before, after) => agent.ConfigChanged((after ?? before)!.Metadata.Namespace));
        parts.Store<Secret>().Subscribe((before, after) => agent.ConfigChanged((after ?? before)!.Metadata.Namespace));
        ServiceProxies proxies = new(parts.Logger<ServiceProxies>());
        ServiceAddresses serviceAddresses = new(addresses);
        ServiceSync services = new(parts.Client, parts.Connection.Server, parts.Store<Service>(), parts.Store<Pod>(), serviceAddresses, proxies, hosts, parts.Time, parts.Logger<ServiceSync>());
        parts.Run(stop => services.RunAsync(agent.HostsChanged, stop));
        await agent.RegisterAsync(cancellation);
        return agent;
    }
}
