using AgentOperator.Api.Workflows;
using AgentOperator.EndToEnd.Agents;
using AgentOperator.Tooling;

namespace AgentOperator.EndToEnd.Items;

/// <summary>SIGKILL of the operator while items are under way. What ran is counted by the workload itself.</summary>
[Trait("Cluster", "local")]
public sealed class ItemKillTests
{
    private const int Items = 60;

    private static readonly TimeSpan Life = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task Killed_over_and_over_the_operator_has_each_item_done_once()
    {
        await using InstalledCluster cluster = await InstalledCluster.EmptyAsync();
        await cluster.Kubectl.InstallAsync(TestContext.Current.CancellationToken);
        await cluster.Kubectl.RunAsync(TestContext.Current.CancellationToken, "create", "namespace", "items");
        using TestNamespace ns = new("items", cluster.Connection, cluster.Kubectl);
        await ns.ApplyAsync(ScriptedYaml.Workflow($$$"""
            - name: each
              forEach: { items: "[{{{string.Join(", ", Enumerable.Range(100, Items))}}}]", parallelism: 4 }
              retry: { limit: 1 }
              container: { image: "agent-operator/counter:1", command: [/bin/sh, -c, 'echo "$0" >> /count/ran; sleep 0.2; test "$0" != 107 || test "$AGENTOPERATOR_ATTEMPT" -gt 1 || exit 3; printf "{\"key\": \"%s\"}" "$AGENTOPERATOR_IDEMPOTENCY_KEY" > /dev/termination-log', "{{ item }}"] }
              outputs: [{ name: key }]
            """));
        Task<Workflow> ended = ns.UntilEndedSlowlyAsync("w");
        int lives = 0;
        while (!ended.IsCompleted)
        {
            await using OperatorProcess process = OperatorProcess.Start(Repository.PathTo("artifacts", "test-results", "operator", $"items-{lives}.log"), "--kubeconfig", cluster.KubeConfigPath, "--leader-elect=false");
            await Task.WhenAny(ended, CountedWorkflows.LivedAsync(cluster, Life, TestContext.Current.CancellationToken));
            await process.KillAsync();
            lives++;
        }

        StepStatus each = (await ended).Status!.Steps![0];
        each.Phase.ShouldBe(StepPhases.Succeeded, each.Message);
        lives.ShouldBeGreaterThan(2);
        string[] ran = await File.ReadAllLinesAsync(cluster.CountFile, TestContext.Current.CancellationToken);
        ran.Order(StringComparer.Ordinal).ShouldBe(Enumerable.Range(100, Items).Append(107).Order().Select(static item => $"{item}"));
    }
}
