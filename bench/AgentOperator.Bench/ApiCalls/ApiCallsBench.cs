using AgentOperator.Bench.Workloads;
using AgentOperator.Kube;
using AgentOperator.Local;
using AgentOperator.Tooling;

namespace AgentOperator.Bench.ApiCalls;

/// <summary>Requests of the operator for one more step of a chain, from the API server's audit log: a long chain's less a short one's, so that what a run costs once is left out.</summary>
internal static class ApiCallsBench
{
    private const string Account = "system:serviceaccount:agentoperator-system:agentoperator";
    private const int Short = 5;
    private const int Long = 25;

    public static async Task<IReadOnlyList<Measurement>> RunAsync(CancellationToken cancellation)
    {
        string folder = Repository.PathTo("artifacts", "bench");
        Directory.CreateDirectory(folder);
        string policy = Path.Combine(folder, "audit-policy.yaml");
        string log = Path.Combine(folder, "audit.log");
        File.Delete(log);
        await File.WriteAllTextAsync(policy, AuditLog.Policy, cancellation);
        await using (LocalCluster cluster = await LocalCluster.StartAsync(
            new LocalClusterOptions { Name = "bench-audit", SimulatedDelay = TimeSpan.Zero, AuditPolicyFile = policy, AuditLogFile = log }, cancellation))
        {
            await MeasureAsync(cluster, cancellation);
        }

        Dictionary<string, int> few = Count(log, Namespace(Short));
        Dictionary<string, int> many = Count(log, Namespace(Long));
        foreach (string call in many.Keys.Order(StringComparer.Ordinal))
        {
            Console.WriteLine($"{call}: {few.GetValueOrDefault(call)} for {Short} steps, {many[call]} for {Long}");
        }

        return
        [
            new Measurement("api_calls.per_step", PerStep(few, many, static call => !call.EndsWith(" events", StringComparison.Ordinal)), "calls", 2),
            new Measurement("api_calls.events_per_step", PerStep(few, many, static call => call.EndsWith(" events", StringComparison.Ordinal)), "calls", null),
        ];
    }

    private static string Namespace(int steps) => $"calls-{steps}";

    private static async Task MeasureAsync(LocalCluster cluster, CancellationToken cancellation)
    {
        Kubectl kubectl = new(Path.Combine(cluster.AssetsFolder, "kubectl"), cluster.KubeConfigPath);
        await kubectl.InstallAsync(cancellation);
        await kubectl.RunAsync(cancellation, "apply", "--server-side", "-k", Repository.PathTo("config", "rbac"));
        using KubeClient client = new(cluster.Connection);
        string token = (await kubectl.RunAsync(cancellation, "create", "token", "agentoperator", "--namespace", "agentoperator-system")).Trim();
        string kubeConfig = Path.Combine(cluster.StateFolder, "operator.kubeconfig");
        await File.WriteAllTextAsync(
            kubeConfig,
            (await File.ReadAllTextAsync(cluster.KubeConfigPath, cancellation)).Replace(cluster.Connection.Token!, token, StringComparison.Ordinal),
            cancellation);
        await using OperatorProcess process = OperatorProcess.Start(Repository.PathTo("artifacts", "bench", "calls.log"), "--kubeconfig", kubeConfig, "--leader-elect=false");
        foreach (int steps in (int[])[Short, Long])
        {
            await Chains.CreateNamespaceAsync(client, Namespace(steps), cancellation);
            await Chains.RunAsync(client, Chains.Of(Namespace(steps), "chain", steps), cancellation);
        }

        await process.StopAsync();
    }

    private static Dictionary<string, int> Count(string log, string ns) =>
        AuditLog.Read(log, Account, ns).GroupBy(static call => call, StringComparer.Ordinal).ToDictionary(static group => group.Key, static group => group.Count(), StringComparer.Ordinal);

    private static double PerStep(Dictionary<string, int> few, Dictionary<string, int> many, Func<string, bool> counts)
    {
        double difference = many.Where(pair => counts(pair.Key)).Sum(static pair => pair.Value) - few.Where(pair => counts(pair.Key)).Sum(static pair => pair.Value);
        return difference / (Long - Short);
    }
}
