using AgentOperator.Agents.Dapr;
using AgentOperator.Api;
using AgentOperator.Api.Agents;
using AgentOperator.Kube;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Apps;
using AgentOperator.Kube.Models.Autoscaling;
using AgentOperator.Kube.Models.Core;
using AgentOperator.Kube.Models.Networking;
using AgentOperator.Kube.Models.Policy;
using AgentOperator.Tooling;

namespace AgentOperator.EndToEnd.Agents;

/// <summary>The life of an Agent in a cluster with Dapr, from which everything is taken away again: it uses every right that agents need.</summary>
internal static class DaprScenario
{
    private const string Full = """
          scaling: { min: 1, max: 2 }
          dapr:
            appTokenSecret: { name: token }
            components: [{ name: memory, type: state.redis, metadata: [{ name: redisHost, value: "redis:6379" }] }]
            subscriptions: [{ pubsubName: bus, topic: pulls, skill: review.analyze }]
            resiliency: { policies: {}, targets: {} }
            configuration: { metric: { enabled: true } }
        """;

    private const string Bare = """
          network: { policy: Unmanaged }
        """;

    /// <summary>Runs it under the rights of config/rbac; gives what was asked of the API server.</summary>
    public static async Task<IReadOnlyCollection<string>> RunAsync()
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        await using InstalledCluster cluster = await InstalledCluster.EmptyAsync();
        await cluster.Kubectl.RunAsync(cancellation, "apply", "--server-side", "-k", Repository.PathTo("config", "crd"));
        await cluster.Kubectl.RunAsync(cancellation, "apply", "--server-side", "-f", Repository.PathTo("config", "rbac"));
        await cluster.Kubectl.RunAsync(cancellation, "create", "namespace", "team");
        using TestNamespace ns = new("team", cluster.Connection, cluster.Kubectl);
        using TestNamespace home = new("dapr-system", cluster.Connection, cluster.Kubectl);
        await InstallDaprAsync(cluster, home);
        await ns.ApplyAsync("apiVersion: v1\nkind: Secret\nmetadata: { name: token }\nstringData: { token: t }");
        await ns.ApplyAsync("apiVersion: v1\nkind: ServiceAccount\nmetadata: { name: builder }");
        await using ApiProxy server = await ApiProxy.StartAsync(cluster.Connection);
        string token = (await cluster.Kubectl.RunAsync(cancellation, "create", "token", "agentoperator", "--namespace", "agentoperator-system")).Trim();
        string kubeConfig = RbacTests.WriteKubeConfig("agents-dapr", server, token);
        await using OperatorProcess process = OperatorProcess.Start(Repository.PathTo("artifacts", "test-results", "operator", "agents-dapr.log"), "--kubeconfig", kubeConfig, "--namespace", "team", "--leader-elect=false");
        await ns.ApplyAsync(AgentYaml.Prompt("You review."));
        await ns.ApplyAsync(AgentYaml.Own(Full));

        await IsToldAsync(ns);
        await IsReplacedAsync(ns);
        await IsTakenAwayAsync(ns);
        return [.. server.Used];
    }

    private static async Task InstallDaprAsync(InstalledCluster cluster, TestNamespace home)
    {
        string file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, DaprYaml.Installed, TestContext.Current.CancellationToken);
            await cluster.Kubectl.RunAsync(TestContext.Current.CancellationToken, "apply", "--server-side", "-f", file);
        }
        finally
        {
            File.Delete(file);
        }

        await cluster.Kubectl.RunAsync(TestContext.Current.CancellationToken, "wait", "--for=condition=established", "--timeout=60s", "crd", "--all");
        await home.UntilAsync<Deployment>("dapr-sidecar-injector", static injector => injector.Status?.ReadyReplicas == 1, static last => $"{last.Status?.ReadyReplicas} ready");
    }

    /// <summary>Dapr's objects are scoped to the agent and owned by it, and the pod asks for its sidecar.</summary>
    private static async Task IsToldAsync(TestNamespace ns)
    {
        Agent agent = await ns.UntilConditionAsync(AgentConditionTypes.SidecarInjected, ConditionStatus.False, "SidecarMissing");
        (agent.Status!.Dapr!.Mode, agent.Status.Dapr.AppId).ShouldBe((DaprModes.Always, "reviewer"));
        DaprComponentObject component = await ns.Client.Resource<DaprComponentObject>(ns.Name).GetAsync("memory", TestContext.Current.CancellationToken);
        (component.Scopes!.Single(), component.ControllerOwner()!.Name).ShouldBe(("reviewer", "reviewer"));
        (await ns.Client.Resource<DaprSubscriptionObject>(ns.Name).GetAsync("reviewer-0", TestContext.Current.CancellationToken)).Scopes!.Single().ShouldBe("reviewer");
        (await ns.Client.Resource<DaprResiliencyObject>(ns.Name).GetAsync("reviewer", TestContext.Current.CancellationToken)).Scopes!.Single().ShouldBe("reviewer");
        Deployment deployment = await ns.UntilChildAsync<Deployment>(static _ => true);
        deployment.Spec!.Template.Metadata!.Annotations!["dapr.io/config"].ShouldBe("reviewer");
        deployment.Spec.Template.Metadata.Annotations["dapr.io/enabled"].ShouldBe("true");
    }

    /// <summary>A pod without its sidecar goes, since the injector says that it is ready; what Dapr was told is not written again.</summary>
    private static async Task IsReplacedAsync(TestNamespace ns)
    {
        DaprConfigurationObject before = await ns.Client.Resource<DaprConfigurationObject>(ns.Name).GetAsync("reviewer", TestContext.Current.CancellationToken);
        KubeList<Pod> pods = await ns.Client.Resource<Pod>(ns.Name).ListAsync(new ListOptions { LabelSelector = $"{Labels.Agent}=reviewer" }, TestContext.Current.CancellationToken);
        string[] first = [.. pods.Items.Select(static pod => pod.Metadata.Uid!)];

        await ns.UntilAnyAsync<Pod>(pod => pod.Label(Labels.Agent) == "reviewer" && !first.Contains(pod.Metadata.Uid));

        (await ns.Client.Resource<DaprConfigurationObject>(ns.Name).GetAsync("reviewer", TestContext.Current.CancellationToken)).Metadata.ResourceVersion.ShouldBe(before.Metadata.ResourceVersion);
    }

    private static async Task IsTakenAwayAsync(TestNamespace ns)
    {
        await ns.UntilChildAsync<HorizontalPodAutoscaler>(static _ => true);
        await ns.UntilChildAsync<PodDisruptionBudget>(static _ => true);
        await ns.ApplyAsync(AgentYaml.Own(Bare, "serviceAccountName: builder"));

        await ns.UntilGoneAsync<DaprComponentObject>("memory");
        await ns.UntilGoneAsync<DaprSubscriptionObject>("reviewer-0");
        await ns.UntilGoneAsync<DaprResiliencyObject>("reviewer");
        await ns.UntilGoneAsync<DaprConfigurationObject>("reviewer");
        await ns.UntilGoneAsync<NetworkPolicy>("reviewer");
        await ns.UntilGoneAsync<HorizontalPodAutoscaler>("reviewer");
        await ns.UntilGoneAsync<PodDisruptionBudget>("reviewer");
        await ns.UntilGoneAsync<ServiceAccount>("reviewer");
    }
}
