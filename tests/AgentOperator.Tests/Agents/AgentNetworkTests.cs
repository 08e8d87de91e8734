using System.Text.Json;
using AgentOperator.Agents.Building;
using AgentOperator.Channels;
using AgentOperator.Kube.Models.Networking;

namespace AgentOperator.Tests.Agents;

public sealed class AgentNetworkTests
{
    [Fact]
    public void Everything_is_denied_that_is_not_named()
    {
        NetworkPolicySpec policy = Given.Network();

        policy.PolicyTypes.ShouldBe(["Ingress", "Egress"]);
        policy.PodSelector.MatchLabels!["app.kubernetes.io/instance"].ShouldBe("reviewer");
        policy.Egress!.ShouldAllBe(static rule => rule.To != null && rule.To.Count > 0);
        policy.Ingress!.ShouldAllBe(static rule => rule.From != null && rule.From.Count > 0);
    }

    [Fact]
    public void Pods_of_the_namespace_and_the_operator_may_call_the_port_and_nothing_else()
    {
        NetworkPolicyIngressRule rule = Given.Network().Ingress!.ShouldHaveSingleItem();

        rule.Ports!.Single().Port!.Value.Number.ShouldBe(8080);
        rule.From!.Select(Text).ShouldBe(["pods {}", "namespace agentoperator-system"]);
    }

    [Fact]
    public void A_model_outside_is_reached_by_443_without_private_ranges()
    {
        NetworkPolicyEgressRule rule = Given.Network().Egress!.Single(static rule => rule.To!.Any(static peer => peer.IpBlock?.Cidr == "0.0.0.0/0"));

        rule.Ports!.Single().Port!.Value.Number.ShouldBe(443);
        rule.To!.Single(static peer => peer.IpBlock!.Cidr == "0.0.0.0/0").IpBlock!.Except.ShouldBe(["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "169.254.0.0/16", "127.0.0.0/8"]);
        rule.To!.Single(static peer => peer.IpBlock!.Cidr == "::/0").IpBlock!.Except.ShouldBe(["fc00::/7", "fe80::/10", "64:ff9b::/96"]);
    }

    [Theory]
    [InlineData("http://vllm.models:8000/v1", "namespace models")]
    [InlineData("http://vllm.models.svc:8000/v1", "namespace models")]
    [InlineData("http://vllm.models.svc.cluster.local/v1", "namespace models")]
    [InlineData("http://vllm:8000/v1", "pods {}")]
    [InlineData("http://10.1.2.3:8000/v1", "10.1.2.3/32 8000")]
    [InlineData("https://llm.example.com:8443/v1", "0.0.0.0/0 8443")]
    [InlineData("http://localhost:8000/v1", "")]
    [InlineData("http://169.254.169.254/latest", "")]
    public void A_base_url_leads_where_it_says(string url, string expected)
    {
        NetworkPolicySpec policy = Children(url).Network!.Spec!;

        // Before the models there is DNS.
        string.Join(", ", policy.Egress!.Skip(1).Select(static rule => $"{Text(rule.To![0])} {rule.Ports?.Single().Port}".Trim())).ShouldBe(expected);
    }

    [Fact]
    public void Of_the_operators_namespace_the_channel_and_the_collector_are_reached_and_nothing_else()
    {
        NetworkPolicySpec policy = Given.Network(platform: Given.Platform with
        {
            Channel = new ChannelAccess("https://agentoperator-channel.agentoperator-system.svc:443", "pem") { Port = 8443 },
            OtlpEndpoint = "http://collector.agentoperator-system:4317",
        });

        policy.Egress!.Where(static rule => Text(rule.To![0]) == "namespace agentoperator-system").Select(static rule => rule.Ports!.Single().Port!.Value.Number).ShouldBe([8443, 4317]);
        Given.Network(platform: Given.Platform with { OtlpEndpoint = "http://collector.telemetry:4317" }).Egress!.Select(static rule => Text(rule.To![0])).ShouldContain("namespace telemetry");
        Given.Network().Egress!.Select(static rule => Text(rule.To![0])).ShouldNotContain("namespace agentoperator-system");
    }

    [Fact]
    public void Tools_are_reached_each_as_it_is_named()
    {
        NetworkPolicySpec policy = Given.Network(""" "tools": [{"agent": {"name": "scanner"}}, {"mcp": {"name": "g", "url": "http://github-mcp.tools:80/mcp"}}] """);

        policy.Egress!.ShouldContain(static rule => rule.To!.Any(static peer => peer.PodSelector != null && peer.PodSelector.MatchLabels != null && peer.PodSelector.MatchLabels["agentoperator.dev/agent"] == "scanner"));
        policy.Egress!.Select(static rule => Text(rule.To![0])).ShouldContain("namespace tools");
    }

    [Fact]
    public void A_short_name_with_TLS_may_be_a_Service_or_a_public_name() => Endpoint.Of("https://example.com/mcp").Select(static endpoint => endpoint.Namespace ?? "public").ShouldBe(["com", "public"]);

    [Fact]
    public void What_the_spec_adds_is_added()
    {
        NetworkPolicySpec policy = Given.Network(""" "network": {"egress": [{"to": [{"ipBlock": {"cidr": "10.9.0.0/16"}}]}], "ingress": [{"from": [{"namespaceSelector": {}}]}]} """);

        policy.Egress![^1].To!.Single().IpBlock!.Cidr.ShouldBe("10.9.0.0/16");
        policy.Ingress!.Count.ShouldBe(2);
    }

    [Fact]
    public void Unmanaged_is_no_policy() => Given.Children(Given.Agent(""" "network": {"policy": "Unmanaged"} """)).Network.ShouldBeNull();

    [Fact]
    public void A_rule_that_is_none_is_not_let_through() =>
        Should.Throw<JsonException>(static () => Given.Network(""" "network": {"egress": [{"too": []}]} """));

    [Fact]
    public void Dapr_opens_its_control_plane_its_peers_and_where_its_components_lead()
    {
        NetworkPolicySpec policy = Given.Network(
            """ "dapr": {"components": [{"name": "memory", "type": "state.redis", "metadata": [{"name": "redisHost", "value": "redis.data:6379"}, {"name": "redisPassword", "secretKeyRef": {"name": "r", "key": "p"}}]}]} """,
            Given.Complete with { Dapr = Given.Dapr });

        string[] egress = [.. policy.Egress!.Select(static rule => $"{Text(rule.To![0])} {rule.Ports?[0].Port}".Trim())];
        egress.ShouldContain("namespace dapr-system");
        egress.ShouldContain("pods dapr.io/sidecar-injected=true 50002");
        egress.ShouldContain("namespace data");
        policy.Ingress!.Select(static rule => $"{Text(rule.From![0])} {rule.Ports![0].Port}").ShouldBe(["pods {} 8080", "pods dapr.io/sidecar-injected=true 50002", "namespace agentoperator-system 3501"]);
    }

    private static AgentChildren Children(string url) => Given.Children(Given.Agent() with { Spec = Given.Agent().Spec with { Models = [new() { Provider = "openaiCompatible", Name = "m", BaseUrl = url }] } });

    private static string Text(NetworkPolicyPeer peer) => peer switch
    {
        { IpBlock: { } block } => block.Cidr,
        { PodSelector: { MatchLabels: { } labels } } => "pods " + string.Join(',', labels.Select(static label => $"{label.Key}={label.Value}")),
        { PodSelector: not null } => "pods {}",
        { NamespaceSelector.MatchLabels: { } labels } => "namespace " + labels["kubernetes.io/metadata.name"],
        _ => "namespaces {}",
    };
}
