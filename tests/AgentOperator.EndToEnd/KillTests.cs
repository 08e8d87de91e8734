using System.Text.RegularExpressions;
using AgentOperator.Api.Workflows;
using AgentOperator.Kube;
using AgentOperator.Kube.Models.Coordination;
using AgentOperator.Tooling;

namespace AgentOperator.EndToEnd;

/// <summary>SIGKILL every three seconds under load. What ran is counted by the workload itself: each container appends a line to a file before it does anything else.</summary>
[Trait("Cluster", "local")]
public sealed partial class KillTests
{
    private const string Namespace = "killed";
    private const int Workflows = 200;

    private static readonly string[] Steps = ["a", "b", "c", "d", "e"];
    private static readonly TimeSpan Life = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task Killed_every_three_seconds_the_only_operator_loses_and_repeats_nothing()
    {
        await using InstalledCluster cluster = await InstalledCluster.EmptyAsync();
        using TestNamespace ns = await PrepareAsync(cluster);
        using CancellationTokenSource patience = Limited();
        Task ended = EndedAsync(ns, patience.Token);
        int lives = 0;
        while (!ended.IsCompleted)
        {
            await using OperatorProcess process = OperatorProcess.Start(LogOf($"{lives}"), "--kubeconfig", cluster.KubeConfigPath, "--leader-elect=false");
            await Task.WhenAny(ended, Task.Delay(Life, TimeProvider.System, patience.Token));
            await process.KillAsync();
            lives++;
        }

        await ended;
        lives.ShouldBeGreaterThan(2);
        await ShouldHaveRunOnceAsync(cluster, ns);
    }

    [Fact]
    public async Task Killed_three_seconds_after_it_began_to_lead_each_leader_is_followed_without_loss_or_repetition()
    {
        await using InstalledCluster cluster = await InstalledCluster.EmptyAsync();
        using TestNamespace ns = await PrepareAsync(cluster);
        using CancellationTokenSource patience = Limited();
        Task ended = EndedAsync(ns, patience.Token);
        List<OperatorProcess> replicas = [StartReplica(cluster, 0), StartReplica(cluster, 1)];
        int started = replicas.Count;
        string? killed = null;
        try
        {
            while (!ended.IsCompleted)
            {
                Task<string> next = LeaderAsync(ns, killed, patience.Token);
                if (await Task.WhenAny(ended, next) == ended)
                {
                    break;
                }

                await Task.WhenAny(ended, Task.Delay(Life, TimeProvider.System, patience.Token));
                killed = await next;
                OperatorProcess leader = await OfAsync(replicas, killed, patience.Token);
                await leader.KillAsync();
                await leader.DisposeAsync();
                replicas[replicas.IndexOf(leader)] = StartReplica(cluster, started++);
            }

            await ended;
        }
        finally
        {
            foreach (OperatorProcess replica in replicas)
            {
                await replica.KillAsync();
                await replica.DisposeAsync();
            }
        }

        started.ShouldBeGreaterThan(4);
        await ShouldHaveRunOnceAsync(cluster, ns);
    }

    private static CancellationTokenSource Limited()
    {
        CancellationTokenSource source = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        source.CancelAfter(Patience);
        return source;
    }

    private static async Task<TestNamespace> PrepareAsync(InstalledCluster cluster)
    {
        await cluster.Kubectl.InstallAsync(TestContext.Current.CancellationToken);
        await cluster.Kubectl.RunAsync(TestContext.Current.CancellationToken, "create", "namespace", Namespace);
        TestNamespace ns = new(Namespace, cluster.Connection, cluster.Kubectl);
        await ns.ApplyAsync(string.Join("\n---\n", Enumerable.Range(0, Workflows).Select(Yaml)));
        return ns;
    }

    private static string Yaml(int workflow) => $$"""
        apiVersion: agentoperator.dev/v1alpha1
        kind: Workflow
        metadata: { name: w{{workflow}} }
        spec:
          steps:
        {{Step(workflow, "a", "")}}
        {{Step(workflow, "b", "a")}}
        {{Step(workflow, "c", "a")}}
        {{Step(workflow, "d", "a")}}
        {{Step(workflow, "e", "b, c, d")}}
        """;

    private static string Step(int workflow, string name, string needs) => $$"""
              - name: {{name}}
                needs: [{{needs}}]
                container:
                  image: agent-operator/counter:1
                  command: [/bin/sh, -c, "echo w{{workflow}}/{{name}} >> /count/ran"]
        """;

    /// <summary>Completes when no workflow is under way any more.</summary>
    private static async Task EndedAsync(TestNamespace ns, CancellationToken cancellation)
    {
        ResourceClient<Workflow> workflows = ns.Client.Resource<Workflow>(ns.Name);
        KubeList<Workflow> list = await workflows.ListAsync(new ListOptions(), cancellation);
        HashSet<string> running = [.. list.Items.Where(static item => !WorkflowPhases.IsFinal(item.Status?.Phase)).Select(static item => item.Metadata.Name!)];
        string version = list.Metadata.ResourceVersion!;
        while (running.Count > 0)
        {
            await foreach (WatchEvent<Workflow> change in workflows.WatchAsync(new WatchOptions { ResourceVersion = version }, cancellation))
            {
                version = change.ResourceVersion ?? version;
                if (WorkflowPhases.IsFinal(change.Object?.Status?.Phase) && running.Remove(change.Object!.Metadata.Name!) && running.Count == 0)
                {
                    break;
                }
            }
        }
    }

    private static async Task<string> LeaderAsync(TestNamespace ns, string? before, CancellationToken cancellation) => (await ns.UntilAsync<Lease>(
        "agent-operator",
        lease => lease.Spec?.HolderIdentity is { Length: > 0 } holder && holder != before && !cancellation.IsCancellationRequested,
        static lease => $"held by {lease.Spec?.HolderIdentity}")).Spec!.HolderIdentity!;

    private static async Task<OperatorProcess> OfAsync(IEnumerable<OperatorProcess> replicas, string identity, CancellationToken cancellation)
    {
        foreach (OperatorProcess replica in replicas)
        {
            if (Identity().Match(await replica.ReadLogAsync(cancellation)).Groups["identity"].Value == identity)
            {
                return replica;
            }
        }

        throw new InvalidOperationException($"No replica is {identity}.");
    }

    private static OperatorProcess StartReplica(InstalledCluster cluster, int number) => OperatorProcess.Start(
        LogOf($"replica-{number}"), "--kubeconfig", cluster.KubeConfigPath, "--lease-namespace", Namespace, "--lease-duration", "3");

    private static string LogOf(string name) => Repository.PathTo("artifacts", "test-results", "operator", $"{Namespace}-{name}.log");

    private static async Task ShouldHaveRunOnceAsync(InstalledCluster cluster, TestNamespace ns)
    {
        KubeList<Workflow> ended = await ns.Client.Resource<Workflow>(ns.Name).ListAsync(new ListOptions(), TestContext.Current.CancellationToken);
        ended.Items.Where(static workflow => workflow.Status?.Phase != WorkflowPhases.Succeeded).Select(static workflow => $"{workflow.Metadata.Name}: {workflow.Status?.Phase} {workflow.Status?.Message}").ShouldBeEmpty();
        string[] ran = await File.ReadAllLinesAsync(cluster.CountFile, TestContext.Current.CancellationToken);
        ran.Order(StringComparer.Ordinal).ShouldBe(Enumerable.Range(0, Workflows).SelectMany(static i => Steps.Select(step => $"w{i}/{step}")).Order(StringComparer.Ordinal));
    }

    [GeneratedRegex("\"Message\":\"(?<identity>[^ ]+) waits for the lease", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Identity();
}
