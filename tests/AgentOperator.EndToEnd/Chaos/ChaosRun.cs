using AgentOperator.Api;
using AgentOperator.Kube;
using AgentOperator.Kube.Models.Batch;
using AgentOperator.Testing;
using AgentOperator.Tooling;
using Microsoft.Extensions.Logging;

namespace AgentOperator.EndToEnd.Chaos;

/// <summary>A cluster, two operators behind a faulty network, many workflows, and harm until the last of them has ended.</summary>
/// <param name="Count">How many workflows.</param>
/// <param name="Seed">Of the workflows, the faults and the harm.</param>
/// <param name="Patience">How long it may take.</param>
internal sealed record ChaosRun(int Count, int Seed, TimeSpan Patience)
{
    /// <summary>How long an operator that says nothing is respected.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(3);

    /// <summary>Where the cluster's log goes, and the objects of workflows that did not do as they must.</summary>
    public static readonly string Evidence = Repository.PathTo("artifacts", "test-results", "chaos");

    private const string Namespace = "chaos";
    private const int Room = 60;
    private const int Pair = 2;
    private const int Trio = 3;

    public required ChaosReport Report { get; init; }

    /// <summary>True for replicas that share the work; else one works and the other stands by.</summary>
    public bool IsShared { get; init; }

    public async Task<Verdict> RunAsync(CancellationToken cancellation)
    {
        Directory.CreateDirectory(Evidence);
        using LoggerFactory loggers = new([new ClusterLog(Path.Combine(Evidence, "cluster.log"))]);
        await using InstalledCluster cluster = await InstalledCluster.EmptyAsync(loggers);
        await cluster.Kubectl.InstallAsync(cancellation);
        await cluster.Kubectl.InstallPoliciesAsync(null, cancellation);
        await cluster.Kubectl.RunAsync(cancellation, "create", "namespace", Namespace);
        await cluster.Kubectl.RunAsync(cancellation, "apply", "--server-side", "-f", Repository.PathTo("config", "rbac", "user-role-approver.yaml"));
        await cluster.Kubectl.RunAsync(cancellation, "create", "rolebinding", "approvers", "--clusterrole=agentoperator-approver", $"--group={GateShapes.Group}", "--namespace", Namespace);
        await using ChaosProxy proxy = await ChaosProxy.StartAsync(cluster.Connection, Seed);
        string kubeConfig = Path.Combine(Path.GetDirectoryName(cluster.CountFile)!, "..", "operators.kubeconfig");
        await proxy.WriteKubeConfigAsync(kubeConfig, cancellation);
        IReadOnlyList<Shape> shapes = Shapes.Of(Namespace, Count, Seed);
        SupervisedOperator[] operators =
        [
            .. Enumerable.Range(0, IsShared ? Trio : Pair).Select(i => new SupervisedOperator(
                FormattableString.Invariant($"{Namespace}-{i}"),
                ["--kubeconfig", kubeConfig, "--lease-namespace", Namespace, "--lease-duration", FormattableString.Invariant($"{Lease.TotalSeconds}"), .. IsShared ? ["--sharding", "--max-parallel-steps", "40"] : (string[])[]])),
        ];
        try
        {
            await using Attendant attendant = new(cluster, Namespace, shapes, Room, cancellation);
            Mischief mischief = new(cluster, proxy, operators, attendant, Seed);
            long started = TimeProvider.System.GetTimestamp();
            using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            patience.CancelAfter(Patience);
            using CancellationTokenSource over = CancellationTokenSource.CreateLinkedTokenSource(patience.Token);
            Task harm = mischief.RunAsync(over.Token);
            await Task.WhenAny(attendant.All, Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, patience.Token));
            await over.CancelAsync();
            await harm;
            TimeSpan time = TimeProvider.System.GetElapsedTime(started);

            if (attendant.All.IsCompleted)
            {
                // What was started without a record would still be running.
                await QuietAsync(cluster.Client, cancellation);
            }

            string[] lines = await File.ReadAllLinesAsync(cluster.CountFile, cancellation);
            Verdict verdict = Verdict.Of(shapes, attendant.Seen, lines);
            await Report.WriteAsync(this, shapes, verdict, new ChaosCounts(lines.Length, time, operators.Sum(static one => one.Lives), mischief.Done, proxy.Faults), cancellation);
            foreach (string workflow in verdict.Guilty)
            {
                string objects = await cluster.Kubectl.RunAsync(cancellation, "get", "jobs,pods", "--namespace", Namespace, "--selector", $"{Labels.Workflow}={workflow}", "-o", "yaml");
                string itself = await cluster.Kubectl.RunAsync(cancellation, "get", "workflow", workflow, "--namespace", Namespace, "-o", "yaml");
                await File.WriteAllTextAsync(Path.Combine(Evidence, $"{workflow}.yaml"), $"{itself}---\n{objects}", cancellation);
            }

            return verdict;
        }
        finally
        {
            foreach (SupervisedOperator one in operators)
            {
                await one.DisposeAsync();
            }
        }
    }

    /// <summary>Until no Job is under way any more.</summary>
    private static async Task QuietAsync(KubeClient client, CancellationToken cancellation)
    {
        using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(Limits.Patience);
        ResourceClient<Job> jobs = client.Resource<Job>(Namespace);
        KubeList<Job> list = await jobs.ListAsync(new ListOptions(), patience.Token);
        HashSet<string> running = new(list.Items.Where(static job => !IsOver(job)).Select(static job => job.Metadata.Name!), StringComparer.Ordinal);
        string version = list.Metadata.ResourceVersion!;
        while (running.Count > 0)
        {
            await foreach (WatchEvent<Job> change in jobs.WatchAsync(new WatchOptions { ResourceVersion = version }, patience.Token))
            {
                version = change.ResourceVersion ?? version;
                if (change.Object is { } job && (IsOver(job) || change.Type == WatchEventType.Deleted) && running.Remove(job.Metadata.Name!) && running.Count == 0)
                {
                    break;
                }
            }
        }
    }

    private static bool IsOver(Job job) => job.Status?.Conditions?.Any(static condition => condition is { Type: JobConditionTypes.Complete or JobConditionTypes.Failed, Status: "True" }) == true;
}
