using System.Globalization;
using AgentOperator.Api.Workflows;
using AgentOperator.Testing;
using AgentOperator.Tooling;

namespace AgentOperator.EndToEnd.Scaling;

/// <summary>Locks and limits, kept by operators that share the work. Each step notes in a folder how many are in at once.</summary>
[Trait("Cluster", "local")]
public sealed class LockTests
{
    private const string Namespace = "locked";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_mutex_over_fifty_workflows_lets_one_in_at_a_time_while_operators_are_killed()
    {
        await using InstalledCluster cluster = await InstalledCluster.EmptyAsync();
        using TestNamespace ns = await PrepareAsync(cluster);
        await ns.ApplyAsync(Workflows(50, "mutex: database"));
        using CancellationTokenSource patience = Limited();
        Task ended = CountedWorkflows.EndedAsync(ns, patience.Token);
        await using (Replicas replicas = new(cluster, Namespace, 2))
        {
            while (await Task.WhenAny(ended, Task.Delay(TimeSpan.FromSeconds(6), TimeProvider.System, patience.Token)) != ended)
            {
                await replicas.KillAsync(0);
                replicas.Start();
            }

            await ended;
        }

        (await SeenAsync(cluster)).ShouldBe(Enumerable.Repeat(1, 50));
    }

    [Fact]
    public async Task A_semaphore_lets_in_what_its_ConfigMap_says_and_waits_for_one_that_says_it()
    {
        await using InstalledCluster cluster = await InstalledCluster.EmptyAsync();
        using TestNamespace ns = await PrepareAsync(cluster);
        await using Replicas replicas = new(cluster, Namespace, 2);
        await ns.ApplyAsync(Meeting("semaphore: { configMap: limits, key: database }"));
        Workflow waiting = await ns.UntilAsync("w0", static workflow => workflow.Status?.Steps?[0].Waiting?.Message?.Contains("limits", StringComparison.Ordinal) == true && workflow.Status.Steps[0].Waiting!.Message!.Contains("ConfigMap", StringComparison.Ordinal));
        waiting.Status!.Steps![0].Waiting!.Reason.ShouldBe(WaitingReasons.Lock);
        waiting.Status.Steps[0].Waiting!.Message.ShouldBe("semaphore limits/database lets nobody in: there is no ConfigMap limits; make ConfigMap limits say under the key database how many may be in at once, a whole number from 1");

        await cluster.Kubectl.RunAsync(Stop, "create", "configmap", "limits", "--namespace", Namespace, "--from-literal=database=3");
        using CancellationTokenSource patience = Limited();
        await CountedWorkflows.EndedAsync(ns, patience.Token);

        int[] seen = await SeenAsync(cluster);
        seen.Length.ShouldBe(30);
        seen.Max().ShouldBe(3);
    }

    [Fact]
    public async Task The_lock_of_a_deleted_Workflow_goes_on_only_when_its_pod_has_ended()
    {
        await using InstalledCluster cluster = await InstalledCluster.EmptyAsync();
        using TestNamespace ns = await PrepareAsync(cluster);
        await using Replicas replicas = new(cluster, Namespace, 2);
        await ns.ApplyAsync(Workflow("holder", "mutex: database", "trap 'sleep 3; rmdir /count/in-holder; exit 0' TERM; mkdir /count/in-holder; echo 1 >> /count/ran; sleep 600 & wait"));
        await ns.UntilAsync("holder", static workflow => workflow.Status?.Steps?[0].Phase == StepPhases.Running);
        await ns.ApplyAsync(Workflow("next", "mutex: database", Body("next", "0.1")));
        Workflow waiting = await ns.UntilAsync("next", static workflow => workflow.Status?.Steps?[0].Waiting?.Message?.Contains("held", StringComparison.Ordinal) == true);
        waiting.Status!.Steps![0].Waiting!.Message.ShouldBe("mutex database is held by holder");

        await cluster.Kubectl.RunAsync(Stop, "delete", "workflows.agentoperator.dev", "holder", "--namespace", Namespace);
        (await ns.UntilEndedAsync("next")).Status!.Phase.ShouldBe(WorkflowPhases.Succeeded);

        (await SeenAsync(cluster)).ShouldBe([1, 1]);
    }

    [Fact]
    public async Task No_more_steps_of_a_namespace_are_under_way_than_the_replicas_may_have_together()
    {
        await using InstalledCluster cluster = await InstalledCluster.EmptyAsync();
        using TestNamespace ns = await PrepareAsync(cluster);
        await ns.ApplyAsync(Meeting(""));
        using CancellationTokenSource patience = Limited();
        Task ended = CountedWorkflows.EndedAsync(ns, patience.Token);
        await using (Replicas replicas = new(cluster, Namespace, 2, "--max-parallel-steps-per-namespace", "3", "--max-parallel-steps", "4"))
        {
            await Task.WhenAny(ended, Task.Delay(TimeSpan.FromSeconds(5), TimeProvider.System, patience.Token));
            await replicas.KillAsync(0);
            replicas.Start();
            await ended;
        }

        int[] seen = await SeenAsync(cluster);
        seen.Length.ShouldBe(30);
        seen.Max().ShouldBe(3);
    }

    [Fact]
    public async Task One_operator_lets_no_more_steps_be_under_way_than_it_may_after_a_kill_too()
    {
        await using InstalledCluster cluster = await InstalledCluster.EmptyAsync();
        using TestNamespace ns = await PrepareAsync(cluster);
        await ns.ApplyAsync(Meeting(""));
        using CancellationTokenSource patience = Limited();
        Task ended = CountedWorkflows.EndedAsync(ns, patience.Token);
        for (int life = 0; !ended.IsCompleted; life++)
        {
            await using OperatorProcess process = OperatorProcess.Start(
                Repository.PathTo("artifacts", "test-results", "operator", $"{Namespace}-one-{life}.log"), "--kubeconfig", cluster.KubeConfigPath, "--leader-elect=false", "--max-parallel-steps-per-namespace", "3");
            await Task.WhenAny(ended, Task.Delay(TimeSpan.FromSeconds(6), TimeProvider.System, patience.Token));
            await process.KillAsync();
        }

        await ended;
        int[] seen = await SeenAsync(cluster);
        seen.Length.ShouldBe(30);
        seen.Max().ShouldBe(3);
    }

    private static CancellationTokenSource Limited()
    {
        CancellationTokenSource source = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        source.CancelAfter(Limits.LongPatience);
        return source;
    }

    private static async Task<TestNamespace> PrepareAsync(InstalledCluster cluster)
    {
        await cluster.Kubectl.InstallAsync(Stop);
        await cluster.Kubectl.RunAsync(Stop, "create", "namespace", Namespace);
        return new TestNamespace(Namespace, cluster.Connection, cluster.Kubectl);
    }

    private static string Workflows(int count, string step) => string.Join("\n---\n", Enumerable.Range(0, count).Select(i => Workflow($"w{i}", step, Body($"w{i}", "0.4"))));

    /// <summary>Thirty, of which nobody leaves before three were in at once: what is let in is used, however slowly pods start.</summary>
    private static string Meeting(string step) =>
        string.Join("\n---\n", Enumerable.Range(0, 30).Select(i => Workflow($"w{i}", step, Body($"w{i}", "0.4; until [ -e /count/met ]; do [ $(ls /count | grep -c '^in-') -lt 3 ] || touch /count/met; sleep 0.05; done"))));

    /// <summary>In, note how many are in, stay a while, out.</summary>
    private static string Body(string name, string stay) => $"mkdir /count/in-{name}; ls /count | grep -c '^in-' >> /count/ran; sleep {stay}; rmdir /count/in-{name}";

    private static string Workflow(string name, string step, string body) => $$"""
        apiVersion: agentoperator.dev/v1alpha1
        kind: Workflow
        metadata: { name: {{name}} }
        spec:
          steps:
            - name: a
              {{step}}
              container:
                image: agent-operator/counter:1
                command: [/bin/sh, -c, "{{body}}"]
        """;

    private static async Task<int[]> SeenAsync(InstalledCluster cluster) =>
        [.. (await File.ReadAllLinesAsync(cluster.CountFile, Stop)).Select(static line => int.Parse(line, CultureInfo.InvariantCulture))];
}
