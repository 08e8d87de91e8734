using System.Globalization;
using System.Text.RegularExpressions;
using AgentOperator.Api.Workflows;
using AgentOperator.Kube.Models.Core;
using AgentOperator.Testing;
using AgentOperator.Tooling;

namespace AgentOperator.EndToEnd;

/// <summary>What kubectl apply -k config/default gives: the operator as a Deployment of two, under the account and rights of config/rbac.</summary>
[Trait("Cluster", "local")]
public sealed partial class InstallTests
{
    [Fact]
    public async Task The_operator_runs_in_the_cluster_and_its_standby_takes_over()
    {
        await using InstalledCluster cluster = await InstalledCluster.StartAsync();
        await cluster.Kubectl.RunAsync(TestContext.Current.CancellationToken, "create", "namespace", "team");
        await RunAsync(cluster, "first");

        IReadOnlyList<Pod> pods = await cluster.OperatorPodsAsync();
        pods.Count.ShouldBe(2);
        Dictionary<string, string> metrics = [];
        foreach (Pod pod in pods)
        {
            metrics[pod.Metadata.Name!] = await GetAsync($"http://{pod.Status!.PodIP}:8080/metrics");
            (await GetAsync($"http://{pod.Status.PodIP}:8081/healthz")).ShouldBe("ok\n");
            string ready = await GetAsync($"http://{pod.Status.PodIP}:8081/readyz");
            ready.ShouldContain("workflows.agentoperator.dev");
            ready.ShouldEndWith("readyz check passed\n");
        }

        string leader = metrics.Single(static entry => Leads().IsMatch(entry.Value)).Key;
        Succeeded().Match(metrics[leader]).Groups["count"].Value.ShouldNotBe("0");
        metrics[leader].ShouldContain("# TYPE controller_runtime_reconcile_time_seconds histogram");
        metrics[leader].ShouldMatch("rest_client_requests_total\\{[^}]*method=\"PATCH\"[^}]*\\} [1-9]");

        await cluster.Kubectl.RunAsync(TestContext.Current.CancellationToken, "delete", "pod", leader, "--namespace", "agentoperator-system", "--wait=false");
        await RunAsync(cluster, "second");
    }

    [Fact]
    public async Task Without_the_kinds_it_is_not_ready_and_says_why_and_once_they_are_there_it_works()
    {
        await using InstalledCluster cluster = await InstalledCluster.EmptyAsync();
        await cluster.Kubectl.RunAsync(TestContext.Current.CancellationToken, "create", "namespace", "team");
        await using OperatorProcess process = OperatorProcess.Start(
            Repository.PathTo("artifacts", "test-results", "operator", "not-installed.log"),
            "--kubeconfig", cluster.KubeConfigPath, "--namespace", "team", "--leader-elect=false", "--health-probe-bind-address", "127.0.0.1:0");
        int port = await PortAsync(process);

        string notReady = await UntilAsync(port, static text => text.Contains("is not served", StringComparison.Ordinal));
        notReady.ShouldContain("[-]");
        notReady.ShouldContain("workflows.agentoperator.dev");
        notReady.ShouldEndWith("readyz check failed\n");
        (await GetAsync($"http://127.0.0.1:{port}/healthz")).ShouldBe("ok\n");

        await cluster.Kubectl.InstallAsync(TestContext.Current.CancellationToken);
        await UntilAsync(port, static text => text.EndsWith("readyz check passed\n", StringComparison.Ordinal));
        await RunAsync(cluster, "late");
        (await process.StopAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task A_port_that_is_taken_ends_it_with_a_sentence()
    {
        await using InstalledCluster cluster = await InstalledCluster.EmptyAsync();
        using System.Net.Sockets.TcpListener taken = new(System.Net.IPAddress.Loopback, 0);
        taken.Start();
        OperatorProcess process = OperatorProcess.Start(
            Repository.PathTo("artifacts", "test-results", "operator", "port-taken.log"),
            "--kubeconfig", cluster.KubeConfigPath, "--metrics-bind-address", taken.LocalEndpoint.ToString()!);
        await using (process)
        {
            (await process.ExitCodeAsync()).ShouldBe(1);
        }

        string log = await process.ReadLogAsync(TestContext.Current.CancellationToken);
        log.ShouldContain($"agent-operator: Cannot listen on {taken.LocalEndpoint}");
        log.ShouldContain("--metrics-bind-address");
    }

    private static async Task RunAsync(InstalledCluster cluster, string name)
    {
        using TestNamespace ns = new("team", cluster.Connection, cluster.Kubectl);
        await ns.ApplyAsync($$"""
            apiVersion: agentoperator.dev/v1alpha1
            kind: Workflow
            metadata: { name: {{name}} }
            spec:
              steps:
                - { name: a, container: { image: "agent-operator/samples:0.1", command: ["true"] } }
            """);
        (await ns.UntilEndedAsync(name)).Status!.Phase.ShouldBe(WorkflowPhases.Succeeded);
    }

    private static async Task<string> GetAsync(string url)
    {
        using HttpClient http = new();
        return await http.GetStringAsync(new Uri(url), TestContext.Current.CancellationToken);
    }

    /// <summary>What /readyz says, once it says something.</summary>
    private static async Task<string> UntilAsync(int port, Func<string, bool> holds)
    {
        using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Limits.Patience);
        using HttpClient http = new();
        using PeriodicTimer look = new(TimeSpan.FromMilliseconds(100));
        string last = "nothing";
        try
        {
            while (await look.WaitForNextTickAsync(patience.Token))
            {
                try
                {
                    last = await (await http.GetAsync(new Uri($"http://127.0.0.1:{port}/readyz"), patience.Token)).Content.ReadAsStringAsync(patience.Token);
                }
                catch (HttpRequestException error)
                {
                    last = error.Message;
                }

                if (holds(last))
                {
                    return last;
                }
            }
        }
        catch (OperationCanceledException) when (!TestContext.Current.CancellationToken.IsCancellationRequested)
        {
        }

        throw new InvalidOperationException($"/readyz did not get there; it said: {last}");
    }

    /// <summary>The port that the system has chosen, as the log tells it.</summary>
    private static async Task<int> PortAsync(OperatorProcess process)
    {
        using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Limits.Patience);
        using PeriodicTimer look = new(TimeSpan.FromMilliseconds(50));
        while (await look.WaitForNextTickAsync(patience.Token))
        {
            if (Listening().Match(await process.ReadLogAsync(patience.Token)) is { Success: true } match)
            {
                return int.Parse(match.Groups["port"].Value, CultureInfo.InvariantCulture);
            }
        }

        throw new InvalidOperationException("It has not said where it listens.");
    }

    [GeneratedRegex("listening on http://127.0.0.1:(?<port>[0-9]+)", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Listening();

    [GeneratedRegex("leader_election_master_status\\{[^}]*\\} 1\n", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Leads();

    [GeneratedRegex("controller_runtime_reconcile_total\\{[^}]*result=\"success\"[^}]*\\} (?<count>[0-9]+)\n", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Succeeded();
}
