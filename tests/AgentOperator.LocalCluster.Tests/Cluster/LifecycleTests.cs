using AgentOperator.Kube;
using AgentOperator.Kube.Models.Batch;
using AgentOperator.Kube.Models.Core;

namespace AgentOperator.Local.Tests.Cluster;

public sealed class LifecycleTests(ClusterFixture cluster)
{
    private static readonly Volume Shared = new() { Name = "shared", EmptyDir = new EmptyDirVolumeSource() };
    private static readonly VolumeMount[] SharedMount = [new VolumeMount { Name = "shared", MountPath = "/shared" }];

    [Fact]
    public async Task Init_containers_run_in_order_before_the_main_one()
    {
        Pod pod = await cluster.RunAsync(Sharing("inits", "echo main >> /shared/order; cat /shared/order", TestPods.Container("first", "echo first >> /shared/order"), TestPods.Container("second", "echo second >> /shared/order")));
        (await cluster.LogAsync(pod)).ShouldBe("first\nsecond\nmain\n");
        pod.Status!.InitContainerStatuses!.Select(static status => (status.Name, status.Ready, status.State!.Terminated!.Reason)).ShouldBe([("first", true, "Completed"), ("second", true, "Completed")]);
        pod.Status.Conditions!.Single(static condition => condition.Type == "Initialized").Status.ShouldBe("True");
    }

    [Fact]
    public async Task A_failed_init_container_fails_the_pod_and_the_main_one_never_runs()
    {
        Pod pod = await cluster.RunAsync(Sharing("init-fails", "echo main", TestPods.Container("first", "exit 3")));
        pod.Status!.Phase.ShouldBe(PodPhase.Failed);
        pod.Status.InitContainerStatuses!.Single().State!.Terminated!.ExitCode.ShouldBe(3);
        pod.Status.ContainerStatuses!.Single().State!.Waiting!.Reason.ShouldBe("PodInitializing");
        (await cluster.LogAsync(pod)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_job_completes_when_its_main_container_ends_and_its_sidecar_is_stopped()
    {
        Container sidecar = TestPods.Container("sidecar", "trap 'echo stopped; exit 0' TERM; echo up > /shared/up; echo up; while :; do sleep 0.05; done") with
        {
            RestartPolicy = "Always",
            VolumeMounts = SharedMount,
            StartupProbe = new Probe { Exec = new ExecAction { Command = ["test", "-e", "/shared/up"] }, PeriodSeconds = 1, FailureThreshold = 30 },
        };
        await cluster.Jobs.CreateAsync(
            TestJobs.Shell("with-sidecar", "cat /shared/up", container: static container => container with { VolumeMounts = SharedMount }, pod: spec => spec with { Volumes = [Shared], InitContainers = [sidecar], TerminationGracePeriodSeconds = 5 }),
            TestContext.Current.CancellationToken);
        Job job = await cluster.FinishedAsync("with-sidecar");
        job.Status!.Succeeded.ShouldBe(1);
        Pod pod = (await cluster.PodOfAsync("with-sidecar"))!;
        pod.Status!.Phase.ShouldBe(PodPhase.Succeeded);
        (await cluster.LogAsync(pod)).ShouldBe("up\n");
        (await cluster.LogAsync(pod, "sidecar")).ShouldBe("up\nstopped\n");
    }

    [Fact]
    public async Task Readiness_follows_its_probe()
    {
        Pod pod = await cluster.RunAsync(
            Sharing("ready", "until [ -e /shared/go ]; do sleep 0.05; done; exec sleep 1000") is { } sharing
                ? sharing with { Spec = sharing.Spec! with { Containers = [sharing.Spec.Containers[0] with { ReadinessProbe = Exec("test", "-e", "/shared/go") }] } }
                : throw new InvalidOperationException(),
            TestPods.IsRunning);
        TestPods.IsReady(pod).ShouldBeFalse();
        pod.Status!.ContainerStatuses![0].Started.ShouldBe(true);
        string volume = Path.Combine(cluster.Cluster.StateFolder, "volumes", pod.Metadata.Uid!, "shared");
        await File.WriteAllTextAsync(Path.Combine(volume, "go"), "", TestContext.Current.CancellationToken);
        await cluster.WaitAsync("ready", TestPods.IsReady);
        File.Delete(Path.Combine(volume, "go"));
        await cluster.WaitAsync("ready", static found => !TestPods.IsReady(found));
        await cluster.Pods.DeleteAsync("ready", new DeleteOptions(), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_container_that_is_not_alive_is_ended_and_restarted()
    {
        Pod pod = await cluster.RunAsync(
            TestPods.Shell("unhealthy", "exec sleep 1000", static spec => spec with { RestartPolicy = "Always" }, static container => container with { LivenessProbe = Exec("false") }),
            static pod => pod.Status?.ContainerStatuses?[0].RestartCount >= 1);
        pod.Status!.ContainerStatuses![0].LastState!.Terminated!.ExitCode.ShouldBeOneOf(137, 143);
        await cluster.Pods.DeleteAsync("unhealthy", new DeleteOptions(), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Http_and_tcp_probes_reach_the_pods_own_address()
    {
        const string Server = "import http.server,os; http.server.HTTPServer((os.environ['POD_IP'],8080),http.server.SimpleHTTPRequestHandler).serve_forever()";
        Pod pod = await cluster.RunAsync(
            TestPods.Shell("http", $"exec python3 -c \"{Server}\"", container: static container => container with
            {
                Ports = [new ContainerPort { Name = "web", ContainerPortNumber = 8080 }],
                StartupProbe = new Probe { TcpSocket = new TcpSocketAction { Port = 8080 }, PeriodSeconds = 1, FailureThreshold = 30 },
                ReadinessProbe = new Probe { HttpGet = new HttpGetAction { Port = "web", Path = "/" }, PeriodSeconds = 1 },
            }),
            TestPods.IsReady);
        pod.Status!.PodIP.ShouldNotBeNull();
        await cluster.Pods.DeleteAsync("http", new DeleteOptions(), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task The_stop_hook_runs_before_the_signal()
    {
        string folder = Directory.CreateTempSubdirectory("local-cluster-hook-").FullName;
        Pod pod = await cluster.RunAsync(
            TestPods.Shell(
                "hook",
                "trap 'echo term >> /out/order; exit 0' TERM; echo up; while :; do sleep 0.05; done",
                spec => spec with { TerminationGracePeriodSeconds = 10, Volumes = [new Volume { Name = "out", HostPath = new HostPathVolumeSource { Path = folder } }] },
                static container => container with
                {
                    VolumeMounts = [new VolumeMount { Name = "out", MountPath = "/out" }],
                    Lifecycle = new Lifecycle { PreStop = new LifecycleHandler { Exec = new ExecAction { Command = ["sh", "-c", "echo hook >> /out/order"] } } },
                }).Writing(),
            TestPods.IsRunning);
        await cluster.LogAsync(pod, static log => log.Contains("up", StringComparison.Ordinal));
        await cluster.Pods.DeleteAsync("hook", new DeleteOptions(), TestContext.Current.CancellationToken);
        await Until.Async(() => cluster.Pods.FindAsync("hook", CancellationToken.None), static found => found is null);
        (await File.ReadAllTextAsync(Path.Combine(folder, "order"), TestContext.Current.CancellationToken)).ShouldBe("hook\nterm\n");
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task The_start_hook_has_ended_before_the_container_is_ready()
    {
        Pod pod = await cluster.RunAsync(
            Hooked("start-hook", "until [ -e /shared/go ]; do sleep 0.05; done", "exec sleep 1000"),
            static pod => TestPods.IsRunning(pod) && pod.Status!.ContainerStatuses![0].State!.Running is not null);
        (TestPods.IsReady(pod), pod.Status!.ContainerStatuses![0].Started).ShouldBe((false, false));
        await File.WriteAllTextAsync(Path.Combine(cluster.Cluster.StateFolder, "volumes", pod.Metadata.Uid!, "shared", "go"), "", TestContext.Current.CancellationToken);
        await cluster.WaitAsync("start-hook", TestPods.IsReady);
        await cluster.Pods.DeleteAsync("start-hook", new DeleteOptions(), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_start_hook_that_fails_ends_the_container()
    {
        Pod pod = await cluster.RunAsync(Hooked("start-fails", "exit 1", "exec sleep 1000"));
        pod.Status!.Phase.ShouldBe(PodPhase.Failed);
        pod.Status.ContainerStatuses![0].State!.Terminated!.ExitCode.ShouldBeOneOf(137, 143);
    }

    [Fact]
    public async Task A_probe_that_cannot_be_carried_out_is_named_and_the_container_does_not_start()
    {
        Pod pod = await cluster.RunAsync(
            TestPods.Shell("grpc", "echo ran", container: static container => container with { ReadinessProbe = new Probe { Grpc = new GrpcAction { Port = 1 } } }),
            static pod => pod.Status?.ContainerStatuses?[0].State?.Waiting?.Reason == "CreateContainerConfigError");
        pod.Status!.ContainerStatuses![0].State!.Waiting!.Message.ShouldNotBeNull().ShouldContain("gRPC probes are not supported");
        await cluster.Pods.DeleteAsync("grpc", new DeleteOptions(), TestContext.Current.CancellationToken);
    }

    private static Pod Hooked(string name, string hook, string script)
    {
        Pod pod = Sharing(name, script);
        Lifecycle lifecycle = new() { PostStart = new LifecycleHandler { Exec = new ExecAction { Command = ["sh", "-c", hook] } } };
        return pod with { Spec = pod.Spec! with { Containers = [pod.Spec.Containers[0] with { Lifecycle = lifecycle }] } };
    }

    private static Probe Exec(params string[] command) => new() { Exec = new ExecAction { Command = command }, PeriodSeconds = 1, FailureThreshold = 1 };

    private static Pod Sharing(string name, string script, params Container[] init) => TestPods.Shell(
        name,
        script,
        spec => spec with { Volumes = [Shared], InitContainers = init.Length == 0 ? null : [.. init.Select(static container => container with { VolumeMounts = SharedMount })] },
        static container => container with { VolumeMounts = SharedMount });
}
