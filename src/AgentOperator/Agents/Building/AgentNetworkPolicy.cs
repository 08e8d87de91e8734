using AgentOperator.Agents.Dapr;
using AgentOperator.Agents.Resolving;
using AgentOperator.Api;
using AgentOperator.Api.Agents;
using AgentOperator.Api.Runtime;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Networking;
using AgentOperator.Workflows.Checking;

namespace AgentOperator.Agents.Building;

/// <summary>Who may call an agent's pods and whom they may call: what the spec needs, what it adds, and nothing else.</summary>
internal static class AgentNetworkPolicy
{
    private const string NamespaceName = "kubernetes.io/metadata.name";
    private const int DnsPort = 53;
    private const int HttpsPort = 443;
    private const int DaprPeerPort = 50002;
    private const int DaprPublicPort = 3501;

    // NodeLocal DNSCache listens here on every node.
    private const string NodeDns = "169.254.20.10/32";

    private static readonly string[] PrivateV4 = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "169.254.0.0/16", "127.0.0.0/8"];

    // NAT64 would lead to private IPv4 after all.
    private static readonly string[] PrivateV6 = ["fc00::/7", "fe80::/10", "64:ff9b::/96"];
    private static readonly LabelSelector Everything = new();

    /// <exception cref="System.Text.Json.JsonException">A rule of the spec is none.</exception>
    public static NetworkPolicy Build(Agent agent, ResolvedAgent resolved, DaprFacts? dapr, AgentPlatform platform) => new()
    {
        Metadata = AgentNames.MetaOf(agent),
        Spec = new NetworkPolicySpec
        {
            PodSelector = new LabelSelector { MatchLabels = AgentNames.SelectorOf(agent) },
            PolicyTypes = ["Ingress", "Egress"],
            Ingress = [.. Ingress(resolved, platform), .. PodPart.ReadAll<NetworkPolicyIngressRule>(agent.Spec.Network?.Ingress) ?? []],
            Egress = [.. Egress(agent.Spec, resolved, dapr, platform), .. PodPart.ReadAll<NetworkPolicyEgressRule>(agent.Spec.Network?.Egress) ?? []],
        },
    };

    private static IEnumerable<NetworkPolicyIngressRule> Ingress(ResolvedAgent resolved, AgentPlatform platform)
    {
        yield return new NetworkPolicyIngressRule { From = [new NetworkPolicyPeer { PodSelector = Everything }, Operator(platform)], Ports = [Tcp(RuntimeFiles.Port)] };
        if (resolved.HasDapr)
        {
            // 3501 takes changes of metadata from whoever reaches it: the operator only.
            yield return new NetworkPolicyIngressRule { From = [Sidecars()], Ports = [Tcp(DaprPeerPort)] };
            yield return new NetworkPolicyIngressRule { From = [Operator(platform)], Ports = [Tcp(DaprPublicPort)] };
        }
    }

    private static IEnumerable<NetworkPolicyEgressRule> Egress(AgentSpec spec, ResolvedAgent resolved, DaprFacts? dapr, AgentPlatform platform)
    {
        yield return new NetworkPolicyEgressRule
        {
            To = [Namespace("kube-system"), new NetworkPolicyPeer { IpBlock = new IPBlock { Cidr = NodeDns } }],
            Ports = [new NetworkPolicyPort { Protocol = "UDP", Port = DnsPort }, Tcp(DnsPort)],
        };
        foreach (NetworkPolicyEgressRule rule in OfOperator(platform))
        {
            yield return rule;
        }

        string[] agents = [.. AgentReferences.Agents(spec)];
        if (agents is not [])
        {
            yield return new NetworkPolicyEgressRule
            {
                To = [.. agents.Select(static name => new NetworkPolicyPeer { PodSelector = new LabelSelector { MatchLabels = new Dictionary<string, string>(StringComparer.Ordinal) { [Labels.Agent] = name } } })],
                Ports = [Tcp(RuntimeFiles.Port)],
            };
        }

        if (resolved.HasDapr)
        {
            yield return new NetworkPolicyEgressRule { To = [Namespace(dapr?.Namespace ?? "dapr-system")] };
            yield return new NetworkPolicyEgressRule { To = [Sidecars()], Ports = [Tcp(DaprPeerPort)] };
        }

        foreach (NetworkPolicyEgressRule rule in Endpoints(spec, resolved).Distinct().Select(RuleOf))
        {
            yield return rule;
        }
    }

    /// <summary>The channel, and telemetry: in the operator's own namespace by their ports alone.</summary>
    private static IEnumerable<NetworkPolicyEgressRule> OfOperator(AgentPlatform platform)
    {
        IEnumerable<(Endpoint Endpoint, int Port)> channel = platform.Channel is { } access ? Endpoint.Of(access.Url).Select(endpoint => (endpoint, access.Port ?? endpoint.Port)) : [];
        IEnumerable<(Endpoint Endpoint, int Port)> telemetry = platform.OtlpEndpoint is { } otlp ? Endpoint.Of(otlp).Select(static endpoint => (endpoint, endpoint.Port)) : [];
        return channel.Concat(telemetry).Distinct().Select(target => target.Endpoint.Namespace == platform.OperatorNamespace
            ? new NetworkPolicyEgressRule { To = [Operator(platform)], Ports = [Tcp(target.Port)] }
            : RuleOf(target.Endpoint));
    }

    private static IEnumerable<Endpoint> Endpoints(AgentSpec spec, ResolvedAgent resolved)
    {
        IEnumerable<Endpoint> models = (spec.Models ?? []).SelectMany(static model => model switch
        {
            { BaseUrl: { } url } => Endpoint.Of(url),
            { Provider: ModelProviders.Scripted } => [],
            _ => [Endpoint.Public(HttpsPort)],
        });
        IEnumerable<Endpoint> tools = (spec.Tools ?? []).Select(static tool => tool.Mcp?.Url).OfType<string>().SelectMany(Endpoint.Of);
        IEnumerable<Endpoint> components = resolved.HasDapr ? (spec.Dapr?.Components ?? []).SelectMany(DaprObjects.EndpointsOf) : [];
        return models.Concat(tools).Concat(components);
    }

    private static NetworkPolicyEgressRule RuleOf(Endpoint endpoint) => endpoint switch
    {
        { Namespace: "" } => new NetworkPolicyEgressRule { To = [new NetworkPolicyPeer { PodSelector = Everything }] },
        { Namespace: { } ns } => new NetworkPolicyEgressRule { To = [Namespace(ns)] },
        { Address: { } address } => new NetworkPolicyEgressRule { To = [new NetworkPolicyPeer { IpBlock = new IPBlock { Cidr = address.Contains(':', StringComparison.Ordinal) ? $"{address}/128" : $"{address}/32" } }], Ports = [Tcp(endpoint.Port)] },
        _ => new NetworkPolicyEgressRule
        {
            To = [new NetworkPolicyPeer { IpBlock = new IPBlock { Cidr = "0.0.0.0/0", Except = PrivateV4 } }, new NetworkPolicyPeer { IpBlock = new IPBlock { Cidr = "::/0", Except = PrivateV6 } }],
            Ports = [Tcp(endpoint.Port)],
        },
    };

    private static NetworkPolicyPeer Operator(AgentPlatform platform) => Namespace(platform.OperatorNamespace);

    private static NetworkPolicyPeer Namespace(string name) =>
        new() { NamespaceSelector = new LabelSelector { MatchLabels = new Dictionary<string, string>(StringComparer.Ordinal) { [NamespaceName] = name } } };

    private static NetworkPolicyPeer Sidecars() =>
        new() { NamespaceSelector = Everything, PodSelector = new LabelSelector { MatchLabels = new Dictionary<string, string>(StringComparer.Ordinal) { [SidecarCheck.InjectedLabel] = "true" } } };

    private static NetworkPolicyPort Tcp(int port) => new() { Protocol = "TCP", Port = port };
}
