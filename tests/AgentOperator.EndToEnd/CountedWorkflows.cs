using AgentOperator.Api.Workflows;
using AgentOperator.Kube;

namespace AgentOperator.EndToEnd;

/// <summary>Workflows of which each step counts itself: it appends a line to a file before it does anything else.</summary>
internal static class CountedWorkflows
{
    private const int Count = 200;

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    private static readonly string[] Steps = ["a", "b", "c", "d", "e"];

    public static async Task<TestNamespace> PrepareAsync(InstalledCluster cluster, string name)
    {
        await cluster.Kubectl.InstallAsync(TestContext.Current.CancellationToken);
        await cluster.Kubectl.RunAsync(TestContext.Current.CancellationToken, "create", "namespace", name);
        TestNamespace ns = new(name, cluster.Connection, cluster.Kubectl);
        await ns.ApplyAsync(string.Join("\n---\n", Enumerable.Range(0, Count).Select(Yaml)));
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
    public static async Task EndedAsync(TestNamespace ns, CancellationToken cancellation)
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

    /// <summary>A life of an operator: so long after the first step that ran in it, however slow the machine. Who is killed before he did anything puts nothing to the test.</summary>
    public static async Task LivedAsync(InstalledCluster cluster, TimeSpan life, CancellationToken cancellation)
    {
        long before = SizeOf(cluster.CountFile);
        while (SizeOf(cluster.CountFile) == before)
        {
            await Task.Delay(Look, TimeProvider.System, cancellation);
        }

        await Task.Delay(life, TimeProvider.System, cancellation);
    }

    private static long SizeOf(string file) => File.Exists(file) ? new FileInfo(file).Length : 0;

    public static async Task ShouldHaveRunOnceAsync(InstalledCluster cluster, TestNamespace ns)
    {
        KubeList<Workflow> ended = await ns.Client.Resource<Workflow>(ns.Name).ListAsync(new ListOptions(), TestContext.Current.CancellationToken);
        ended.Items.Where(static workflow => workflow.Status?.Phase != WorkflowPhases.Succeeded).Select(static workflow => $"{workflow.Metadata.Name}: {workflow.Status?.Phase} {workflow.Status?.Message}").ShouldBeEmpty();
        string[] ran = await File.ReadAllLinesAsync(cluster.CountFile, TestContext.Current.CancellationToken);
        ran.Order(StringComparer.Ordinal).ShouldBe(Enumerable.Range(0, Count).SelectMany(static i => Steps.Select(step => $"w{i}/{step}")).Order(StringComparer.Ordinal));
    }
}
