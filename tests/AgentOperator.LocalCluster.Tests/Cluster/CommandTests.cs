using AgentOperator.Kube;
using AgentOperator.Kube.Configuration;
using AgentOperator.Kube.Models.Batch;
using AgentOperator.Kube.Models.Core;
using AgentOperator.Local.ControlPlane;
using AgentOperator.Local.Processes;
using AgentOperator.Local.State;

namespace AgentOperator.Local.Tests.Cluster;

public sealed class CommandTests : IAsyncLifetime
{
    private string _state = "";

    public async ValueTask InitializeAsync()
    {
        string? missing = await TestAssets.MissingAsync();
        Assert.True(missing is null, missing);
        _state = Directory.CreateTempSubdirectory("local-cluster-").FullName;
        await File.WriteAllTextAsync(Images, """{ "images": { "shell": { "entrypoint": ["/bin/sh", "-c"] } } }""");
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_state, recursive: true);
        return ValueTask.CompletedTask;
    }

    private string Images => Path.Combine(_state, "images.json");

    private string KubeConfig => Path.Combine(UpProcess.Folder(_state, "default"), "kubeconfig");

    [Theory]
    [InlineData(Signals.Terminate)]
    [InlineData(2)]
    public async Task An_orderly_stop_leaves_no_process(int signal)
    {
        using UpProcess up = UpProcess.Start(_state, "up", "--images", Images);
        (await up.ReadyAsync()).ShouldBe($"export KUBECONFIG={KubeConfig}");
        File.GetUnixFileMode(KubeConfig).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        ProcessIdentity[] children = await WithRunningPodAsync();
        children.Length.ShouldBeGreaterThanOrEqualTo(4);

        up.Signal(signal);
        (await up.ExitAsync()).ShouldBe(0);
        children.ShouldAllBe(static child => !child.IsAlive);
        File.Exists(KubeConfig).ShouldBeFalse();
        Directory.Exists(Path.Combine(UpProcess.Folder(_state, "default"), "etcd")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_kill_leaves_no_process_and_the_next_up_is_fresh()
    {
        using UpProcess up = UpProcess.Start(_state, "up", "--images", Images);
        await up.ReadyAsync();
        ProcessIdentity[] children = await WithRunningPodAsync();

        up.Signal(Signals.Kill);
        (await up.ExitAsync()).ShouldBe(137);
        await Until.Async(() => Task.FromResult(children.Count(static child => child.IsAlive)), static alive => alive == 0, 10);

        using UpProcess next = UpProcess.Start(_state, "up", "--images", Images);
        await next.ReadyAsync();
        using KubeClient client = new(KubeConfigLoader.Load(KubeConfig));
        (await client.Resource<Job>().ListAsync(new ListOptions(), TestContext.Current.CancellationToken)).Items.ShouldBeEmpty();
        (await UpProcess.RunAsync(_state, "down")).Output.ShouldContain("is down");
        (await next.ExitAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task Two_clusters_run_side_by_side_and_a_name_is_up_once()
    {
        using UpProcess first = UpProcess.Start(_state, "up", "--simulated", "--name", "first");
        using UpProcess second = UpProcess.Start(_state, "up", "--simulated", "--name", "second");
        (await first.ReadyAsync()).ShouldContain("/first/");
        (await second.ReadyAsync()).ShouldContain("/second/");
        (await UpProcess.RunAsync(_state, "status", "--name", "first")).ExitCode.ShouldBe(0);
        (await UpProcess.RunAsync(_state, "status", "--name", "second")).ExitCode.ShouldBe(0);

        (int exitCode, string output, string errors) = await UpProcess.RunAsync(_state, "up", "--simulated", "--name", "first");
        exitCode.ShouldBe(1);
        output.ShouldBeEmpty();
        errors.ShouldContain("is up already");

        foreach (string name in (string[])["first", "second"])
        {
            (await UpProcess.RunAsync(_state, "down", "--name", name)).ExitCode.ShouldBe(0);
        }

        (await UpProcess.RunAsync(_state, "status", "--name", "first")).Output.ShouldContain("not up");
    }

    [Fact]
    public async Task A_taken_port_is_named()
    {
        using System.Net.Sockets.TcpListener listener = new(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        int port = ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
        (int exitCode, _, string errors) = await UpProcess.RunAsync(_state, "up", "--simulated", "--port", $"{port}");
        exitCode.ShouldBe(1);
        errors.ShouldContain($"Port {port} cannot be used");
    }

    [Fact]
    public async Task A_chosen_port_is_used()
    {
        int port = Ports.Free();
        await using LocalCluster cluster = await LocalCluster.StartAsync(
            new LocalClusterOptions { StateRoot = _state, Port = port, SimulatedDelay = TimeSpan.Zero }, TestContext.Current.CancellationToken);
        cluster.Connection.Server.Port.ShouldBe(port);
    }

    /// <summary>Every process of the cluster, a pod's included.</summary>
    private async Task<ProcessIdentity[]> WithRunningPodAsync()
    {
        using KubeClient client = new(KubeConfigLoader.Load(KubeConfig));
        await client.Resource<Job>("default").CreateAsync(TestJobs.Shell("stays", "trap '' TERM; while :; do sleep 0.05; done"), TestContext.Current.CancellationToken);
        await Until.Async(
            async () => (await client.Resource<Pod>("default").ListAsync(new ListOptions(), CancellationToken.None)).Items,
            static pods => pods.Any(static pod => pod.Status?.Phase == PodPhase.Running));
        ProcessTable table = ProcessTable.Read(ClusterFolder.Of("default", Path.Combine(_state, "agent-operator", "clusters")));
        return [.. table.Children, .. Descendants(table.Owner!.Id)];
    }

    private static IEnumerable<ProcessIdentity> Descendants(int parent)
    {
        foreach (string task in Directory.EnumerateDirectories($"/proc/{parent}/task"))
        {
            foreach (string child in File.ReadAllText(Path.Combine(task, "children")).Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                int id = int.Parse(child, System.Globalization.CultureInfo.InvariantCulture);
                if (ProcessIdentity.Read(id) is { } identity)
                {
                    yield return identity;
                    foreach (ProcessIdentity below in Descendants(id))
                    {
                        yield return below;
                    }
                }
            }
        }
    }
}
