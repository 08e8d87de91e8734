using System.Text.Json.Nodes;
using AgentOperator.Api;
using AgentOperator.Api.Agents;
using AgentOperator.Api.PromptTemplates;
using AgentOperator.Kube;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Apps;
using AgentOperator.Kube.Models.Autoscaling;
using AgentOperator.Kube.Models.Core;
using AgentOperator.Kube.Models.Networking;
using AgentOperator.Kube.Models.Policy;
using AgentOperator.Tooling;

namespace AgentOperator.EndToEnd.Agents;

/// <summary>What the API server holds for Agents.</summary>
public sealed class AgentTests(ClusterFixture cluster)
{
    [Fact]
    [Trait("Cluster", "local")]
    public async Task An_agent_with_a_server_of_its_own_becomes_ready_and_scales()
    {
        using TestNamespace ns = await cluster.NamespaceAsync();
        await using OperatorProcess process = cluster.StartOperator(ns);
        await ns.ApplyAsync(AgentYaml.Own());

        Agent ready = await ns.UntilConditionAsync(ConditionTypes.Ready, ConditionStatus.True, "Available");

        (ready.Status!.Url, ready.Status.ReadyReplicasText, ready.Status.Dapr!.Mode).ShouldBe(($"http://reviewer.{ns.Name}.svc:8080", "1/1", DaprModes.Never));
        await cluster.Kubectl.RunAsync(TestContext.Current.CancellationToken, "scale", "agents.agentoperator.dev/reviewer", "--replicas=2", "--namespace", ns.Name);
        Agent scaled = await ns.UntilAgentAsync(static agent => agent.Status is { Replicas: 2, ReadyReplicas: 2 });
        scaled.Status!.Selector.ShouldBe("app.kubernetes.io/name=agent,app.kubernetes.io/instance=reviewer");
        (await cluster.Kubectl.RunAsync(TestContext.Current.CancellationToken, "get", "agt", "--namespace", ns.Name)).ShouldContain("2/2");
        await ns.UntilChildAsync<PodDisruptionBudget>(static budget => budget.Spec!.MaxUnavailable!.Value.Number == 1);
    }

    [Fact]
    public async Task What_somebody_deletes_or_edits_of_the_children_is_repaired()
    {
        using TestNamespace ns = await cluster.NamespaceAsync();
        await using OperatorProcess process = cluster.StartOperator(ns);
        await ns.ApplyAsync(AgentYaml.Own());
        NetworkPolicy policy = await ns.UntilChildAsync<NetworkPolicy>(static _ => true);
        Deployment made = await ns.UntilChildAsync<Deployment>(static _ => true);
        policy.ControllerOwner()!.Name.ShouldBe("reviewer");

        await ns.Client.Resource<NetworkPolicy>(ns.Name).DeleteAsync("reviewer", new DeleteOptions(), TestContext.Current.CancellationToken);
        await ns.UntilChildAsync<NetworkPolicy>(candidate => candidate.Metadata.Uid != policy.Metadata.Uid);
        await cluster.Kubectl.RunAsync(TestContext.Current.CancellationToken, "set", "image", "deployment/reviewer", "agent=other:1", "--namespace", ns.Name);
        await ns.UntilChildAsync<Deployment>(candidate => candidate.Metadata.Generation > made.Metadata.Generation + 1 && candidate.Spec!.Template.Spec.Containers.Single().Image == "agent-operator/samples:0.1");
        await ns.ApplyAsync(AgentYaml.Own("  network: { policy: Unmanaged }"));
        await ns.UntilGoneAsync<NetworkPolicy>("reviewer");
    }

    [Fact]
    public async Task A_missing_secret_is_named_heals_by_itself_and_a_new_value_rolls_the_pods()
    {
        using TestNamespace ns = await cluster.NamespaceAsync();
        await using OperatorProcess process = cluster.StartOperator(ns);
        await ns.ApplyAsync(AgentYaml.Ours());

        Agent missing = await ns.UntilConditionAsync(AgentConditionTypes.ResolvedRefs, ConditionStatus.False, "SecretNotFound");
        missing.Status!.Conditions!.Single(static condition => condition.Type == ConditionTypes.Ready).Message.ShouldContain("Secret anthropic does not exist");
        (await ns.FindAsync<Deployment>()).ShouldBeNull();

        await ns.ApplyAsync(AgentYaml.Secret("first-value"));
        await ns.UntilConditionAsync(AgentConditionTypes.ResolvedRefs, ConditionStatus.True);
        Deployment first = await ns.UntilChildAsync<Deployment>(static _ => true);

        await ns.ApplyAsync(AgentYaml.Secret("second-value"));
        await cluster.Kubectl.RunAsync(TestContext.Current.CancellationToken, "annotate", "agt", "reviewer", "look=now", "--namespace", ns.Name);
        Deployment second = await ns.UntilChildAsync<Deployment>(candidate => HashOf(candidate) != HashOf(first));

        // When it goes, the pods stay as they are.
        await ns.Client.Resource<Secret>(ns.Name).DeleteAsync("anthropic", new DeleteOptions(), TestContext.Current.CancellationToken);
        await cluster.Kubectl.RunAsync(TestContext.Current.CancellationToken, "annotate", "agt", "reviewer", "look=again", "--overwrite", "--namespace", ns.Name);
        await ns.UntilConditionAsync(AgentConditionTypes.ResolvedRefs, ConditionStatus.False, "SecretNotFound");
        Deployment left = (await ns.FindAsync<Deployment>())!;
        (HashOf(left), left.Metadata.Generation).ShouldBe((HashOf(second), second.Metadata.Generation));

        // What guards them and how many there are is still ours to keep.
        await cluster.Kubectl.RunAsync(TestContext.Current.CancellationToken, "delete", "networkpolicy", "reviewer", "--namespace", ns.Name);
        await ns.UntilChildAsync<NetworkPolicy>(static _ => true);
        await cluster.Kubectl.RunAsync(TestContext.Current.CancellationToken, "scale", "agt", "reviewer", "--replicas=0", "--namespace", ns.Name);
        Deployment stopped = await ns.UntilChildAsync<Deployment>(static candidate => candidate.Spec?.Replicas == 0);
        HashOf(stopped).ShouldBe(HashOf(second));
        (await AllTextAsync(ns)).ShouldNotContain("-value");
    }

    [Fact]
    public async Task A_new_revision_of_the_prompt_rolls_the_pods_and_an_invalid_one_does_not()
    {
        using TestNamespace ns = await cluster.NamespaceAsync();
        await using OperatorProcess process = cluster.StartOperator(ns);
        await ns.ApplyAsync(AgentYaml.Secret("key"));
        await ns.ApplyAsync(AgentYaml.Ours(prompt: "prompt: { name: code-reviewer }"));
        await ns.UntilConditionAsync(AgentConditionTypes.ResolvedRefs, ConditionStatus.False, "PromptNotFound");

        await ns.ApplyAsync(AgentYaml.Prompt("You review."));
        await ns.UntilAgentAsync(static agent => agent.Status?.Prompt?.Revision == 1);
        Deployment first = await ns.UntilChildAsync<Deployment>(static _ => true);
        await ns.ApplyAsync(AgentYaml.Prompt("You review {{nobody}}."));
        PromptTemplate failed = await ns.UntilAsync<PromptTemplate>("code-reviewer", static prompt => prompt.Status?.Revision == 2, static last => $"{last.Status?.Revision}");
        (failed.Status!.Stable, failed.Status.Findings!.Single().Code).ShouldBe(("1", "UnknownVariable"));
        HashOf((await ns.FindAsync<Deployment>())!).ShouldBe(HashOf(first));

        await ns.ApplyAsync(AgentYaml.Prompt("You review with care."));
        await ns.UntilAgentAsync(static agent => agent.Status?.Prompt?.Revision == 3);
        await ns.UntilChildAsync<Deployment>(candidate => HashOf(candidate) != HashOf(first));
        await ns.ApplyAsync(AgentYaml.Prompt("You review."));
        await ns.UntilAgentAsync(static agent => agent.Status?.Prompt?.Revision == 1);
        KubeList<ControllerRevision> stored = await ns.Client.Resource<ControllerRevision>(ns.Name).ListAsync(new ListOptions { LabelSelector = Labels.Prompt }, TestContext.Current.CancellationToken);
        stored.Items.Select(static revision => revision.Revision).Order().ShouldBe([1, 2, 3]);
    }

    [Fact]
    public async Task An_autoscaler_takes_the_replicas_over_without_a_dip()
    {
        using TestNamespace ns = await cluster.NamespaceAsync();
        await ns.ApplyAsync(AgentYaml.Secret("key"));
        await using OperatorProcess process = cluster.StartOperator(ns);
        await ns.ApplyAsync(AgentYaml.Ours("  replicas: 3"));
        Deployment before = await ns.UntilChildAsync<Deployment>(static deployment => deployment.Spec!.Replicas == 3);
        List<int?> seen = [];
        using CancellationTokenSource watching = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        Task watch = WatchReplicasAsync(ns, before.Metadata.ResourceVersion!, seen, watching.Token);

        await ns.ApplyAsync(AgentYaml.Ours("  scaling: { min: 2, max: 5, target: { inFlight: 10 } }"));
        await ns.UntilChildAsync<HorizontalPodAutoscaler>(static autoscaler => autoscaler.Spec!.MinReplicas == 2);
        await ns.UntilConditionAsync(AgentConditionTypes.ScalingMetric, ConditionStatus.False, "NoCustomMetrics");
        (await OwnersOfReplicasAsync(ns)).ShouldBe(["agentoperator-scale"]);

        // What an autoscaler sets stays, whatever else changes.
        await cluster.Kubectl.RunAsync(TestContext.Current.CancellationToken, "scale", "deployment/reviewer", "--replicas=4", "--namespace", ns.Name);
        await ns.ApplyAsync(AgentYaml.Ours("  limits: { maxTurns: 3 }\n  scaling: { min: 2, max: 6 }"));
        await ns.UntilChildAsync<HorizontalPodAutoscaler>(static autoscaler => autoscaler.Spec!.MaxReplicas == 6);
        Deployment changed = await ns.UntilChildAsync<Deployment>(candidate => HashOf(candidate) != HashOf(before));
        changed.Spec!.Replicas.ShouldBe(4);

        await ns.ApplyAsync(AgentYaml.Ours("  replicas: 2"));
        await ns.UntilGoneAsync<HorizontalPodAutoscaler>("reviewer");
        await ns.UntilChildAsync<Deployment>(static deployment => deployment.Spec!.Replicas == 2);
        await watching.CancelAsync();
        await watch;
        seen.Except([2]).Distinct().ShouldBe([3, 4]);
    }

    [Fact]
    public async Task A_name_that_is_somebody_elses_is_left_to_them()
    {
        using TestNamespace ns = await cluster.NamespaceAsync();
        await cluster.Kubectl.RunAsync(TestContext.Current.CancellationToken, "create", "service", "clusterip", "reviewer", "--tcp=80:80", "--namespace", ns.Name);
        await using OperatorProcess process = cluster.StartOperator(ns);
        await ns.ApplyAsync(AgentYaml.Own());

        Agent refused = await ns.UntilConditionAsync(ConditionTypes.Stalled, ConditionStatus.True, "NameTaken");

        refused.Status!.Conditions!.Single(static condition => condition.Type == ConditionTypes.Ready).Message.ShouldStartWith("Service reviewer exists and belongs to nobody");
        (await ns.FindAsync<Service>())!.Spec!.Ports!.Single().Port.ShouldBe(80);
        await ns.Client.Resource<Service>(ns.Name).DeleteAsync("reviewer", new DeleteOptions(), TestContext.Current.CancellationToken);
        await ns.UntilChildAsync<Service>(static service => service.Spec!.Ports!.Single().Port == 8080);
    }

    private static string HashOf(Deployment deployment) => deployment.Spec!.Template.Metadata!.Annotations![Labels.ConfigHash];

    private static async Task WatchReplicasAsync(TestNamespace ns, string version, List<int?> seen, CancellationToken cancellation)
    {
        try
        {
            await foreach (WatchEvent<Deployment> change in ns.Client.Resource<Deployment>(ns.Name).WatchAsync(new WatchOptions { ResourceVersion = version }, cancellation))
            {
                if (change.Object is { } deployment)
                {
                    seen.Add(deployment.Spec!.Replicas);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Seen enough.
        }
    }

    private async Task<string[]> OwnersOfReplicasAsync(TestNamespace ns)
    {
        string json = await cluster.Kubectl.RunAsync(TestContext.Current.CancellationToken, "get", "deployment", "reviewer", "-o", "json", "--show-managed-fields", "--namespace", ns.Name);
        return [.. JsonNode.Parse(json)!["metadata"]!["managedFields"]!.AsArray().Where(static entry => entry!["fieldsV1"]!["f:spec"]?["f:replicas"] is not null).Select(static entry => entry!["manager"]!.GetValue<string>())];
    }

    /// <summary>All that the operator wrote, as text.</summary>
    private Task<string> AllTextAsync(TestNamespace ns) =>
        cluster.Kubectl.RunAsync(TestContext.Current.CancellationToken, "get", "agents.agentoperator.dev,deployments,configmaps,events.events.k8s.io", "-o", "json", "--namespace", ns.Name);
}
