using System.Globalization;
using System.Text.Json;
using AgentOperator.Api.Agents;
using AgentOperator.Api.Workflows;
using AgentOperator.Bench.ApiCalls;
using AgentOperator.Bench.Workloads;
using AgentOperator.Kube;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Batch;
using AgentOperator.Tooling;

namespace AgentOperator.Bench.Scale;

/// <summary>As many items as a step may have, which share one Indexed Job: from the creation of the workflow until it has succeeded, beside that Job alone.</summary>
internal static class ForEachBench
{
    private const int Items = 10_000;

    public static async Task<IReadOnlyList<Measurement>> RunAsync(AuditedCluster cluster, int rounds, CancellationToken cancellation)
    {
        List<double> floor = [];
        List<double> seconds = [];
        List<double> calls = [];
        for (int round = 1; round <= rounds; round++)
        {
            string ns = string.Create(CultureInfo.InvariantCulture, $"foreach-{round}");
            await Chains.CreateNamespaceAsync(cluster.Client, ns, cancellation);
            await Chains.CreateNamespaceAsync(cluster.Client, $"{ns}-warm", cancellation);
            await using OperatorProcess process = cluster.StartOperator(ns);
            await RunAsync(cluster, Of($"{ns}-warm", Items / 100), cancellation);
            seconds.Add(await RunAsync(cluster, Of(ns, Items), cancellation));
            calls.Add(ScaleBench.Calls(cluster, ns));
            floor.Add(await FloorAsync(cluster, ns, cancellation));
            Console.WriteLine(FormattableString.Invariant($"forEach, round {round}: floor {floor[^1]:0.00} s, operator {seconds[^1]:0.00} s, {calls[^1]:0} calls"));
        }

        return
        [
            new Measurement("foreach.10000_items_floor_s", ScaleBench.Median(floor), "s", null),
            new Measurement("foreach.10000_items_s", ScaleBench.Median(seconds), "s", null),
            new Measurement("foreach.10000_items.api_calls", ScaleBench.Median(calls), "calls", null),
        ];
    }

    private static Workflow Of(string ns, int items) => new()
    {
        Metadata = new ObjectMeta { Name = "each", Namespace = ns },
        Spec = new WorkflowSpec
        {
            Steps =
            [
                new WorkflowStep
                {
                    Name = "each",
                    ForEach = new ForEach { Items = string.Create(CultureInfo.InvariantCulture, $"lists.range({items})") },
                    Tool = new ToolStep { Mcp = new McpServer { Name = "none", Url = "http://none.invalid/mcp" }, Name = "count", Arguments = JsonElement.Parse("""{"n":"{{ item }}"}""") },
                },
            ],
        },
    };

    private static async Task<double> RunAsync(AuditedCluster cluster, Workflow workflow, CancellationToken cancellation)
    {
        await using RunWatcher watcher = await RunWatcher.StartAsync(cluster.Client, workflow.Metadata.Namespace!, 1, cancellation);
        long started = TimeProvider.System.GetTimestamp();
        await cluster.Client.Resource<Workflow>(workflow.Metadata.Namespace).CreateAsync(workflow, cancellation);
        await watcher.All;
        return TimeProvider.System.GetElapsedTime(started).TotalSeconds;
    }

    /// <summary>The Job that the operator made, once more and without it.</summary>
    private static async Task<double> FloorAsync(AuditedCluster cluster, string ns, CancellationToken cancellation)
    {
        ResourceClient<Job> jobs = cluster.Client.Resource<Job>(ns);
        Job made = (await jobs.ListAsync(new ListOptions(), cancellation)).Items.Single();
        string bare = $"{ns}-floor";
        await Chains.CreateNamespaceAsync(cluster.Client, bare, cancellation);
        await using JobEnds ends = await JobEnds.StartAsync(cluster.Client, bare, cancellation);
        Task over = ends.Of("each");
        Job bareJob = new()
        {
            Metadata = new ObjectMeta { Name = "each", Namespace = bare, Labels = made.Metadata.Labels },
            Spec = made.Spec! with { Selector = null, Template = made.Spec.Template with { Metadata = null } },
        };
        long started = TimeProvider.System.GetTimestamp();
        await cluster.Client.Resource<Job>(bare).CreateAsync(bareJob, cancellation);
        await over.WaitAsync(cancellation);
        return TimeProvider.System.GetElapsedTime(started).TotalSeconds;
    }
}
