using AgentOperator.Api;
using AgentOperator.Api.Workflows;
using AgentOperator.Kube;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Core;
using AgentOperator.Tooling;

namespace AgentOperator.EndToEnd;

/// <summary>The operator dies at any instant: nothing is lost, nothing runs twice.</summary>
public sealed class CrashTests(ClusterFixture cluster)
{
    private const int Workflows = 12;

    [Fact]
    public async Task Killed_over_and_over_every_workflow_succeeds_with_one_pod_a_step()
    {
        using TestNamespace ns = await cluster.NamespaceAsync();
        for (int i = 0; i < Workflows; i++)
        {
            await ns.ApplyAsync($$"""
                apiVersion: agentoperator.dev/v1alpha1
                kind: Workflow
                metadata: { name: w{{i}} }
                spec:
                  steps:
                    - { name: a, container: { image: "agent-operator/samples:0.1", command: ["true"] } }
                    - { name: b, needs: [a], container: { image: "agent-operator/samples:0.1", command: [sleep, "0.3"] } }
                    - { name: c, needs: [a], container: { image: "agent-operator/samples:0.1", command: ["true"] } }
                    - { name: d, needs: [b, c], container: { image: "agent-operator/samples:0.1", command: ["true"] } }
                """);
        }

        // Each life ends as soon as something new was written, wherever the operator is by then.
        ResourceClient<Workflow> client = ns.Client.Resource<Workflow>(ns.Name);
        int lives = 0;
        while (!await AllEndedAsync(client))
        {
            await using OperatorProcess process = cluster.StartOperator(ns);
            KubeList<Workflow> before = await client.ListAsync(new ListOptions(), TestContext.Current.CancellationToken);
            int writes = 0;
            await foreach (WatchEvent<Workflow> change in client.WatchAsync(new WatchOptions { ResourceVersion = before.Metadata.ResourceVersion! }, TestContext.Current.CancellationToken))
            {
                bool isEnough = change.Type == WatchEventType.Modified && ++writes > lives % 7 * 3;
                if (isEnough || (WorkflowPhases.IsFinal(change.Object?.Status?.Phase) && await AllEndedAsync(client)))
                {
                    break;
                }
            }

            await process.KillAsync();
            lives++;
        }

        lives.ShouldBeGreaterThan(2);
        KubeList<Workflow> ended = await client.ListAsync(new ListOptions(), TestContext.Current.CancellationToken);
        ended.Items.ShouldAllBe(static workflow => workflow.Status!.Phase == WorkflowPhases.Succeeded);
        KubeList<Pod> pods = await ns.Client.Resource<Pod>(ns.Name).ListAsync(new ListOptions(), TestContext.Current.CancellationToken);
        pods.Items.Select(static pod => $"{pod.Label(Labels.Workflow)}/{pod.Label(Labels.Step)}").ShouldBeUnique();
        pods.Items.Count.ShouldBe(Workflows * 4);
    }

    private static async Task<bool> AllEndedAsync(ResourceClient<Workflow> client) =>
        (await client.ListAsync(new ListOptions(), TestContext.Current.CancellationToken)).Items.All(static workflow => WorkflowPhases.IsFinal(workflow.Status?.Phase));
}
