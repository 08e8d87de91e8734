using System.Globalization;
using AgentOperator.Kube;
using AgentOperator.Kube.Configuration;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Core;
using AgentOperator.Local.Processes;

namespace AgentOperator.Local.Tests.Cluster;

public sealed class NothingLeftTests : IAsyncLifetime
{
    private string _state = "";

    public async ValueTask InitializeAsync()
    {
        string? missing = await TestAssets.MissingAsync();
        Assert.SkipWhen(missing is not null, missing ?? "");
        _state = Directory.CreateTempSubdirectory("local-cluster-").FullName;
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_state, recursive: true);
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData(Signals.Terminate)]
    [InlineData(Signals.Kill)]
    public async Task After_a_stop_there_is_no_listener_mount_secret_or_folder(int signal)
    {
        string images = Path.Combine(_state, "images.json");
        await File.WriteAllTextAsync(images, """{ "images": { "shell": { "entrypoint": ["/bin/sh", "-c"] } } }""", TestContext.Current.CancellationToken);
        using UpProcess up = UpProcess.Start(_state, "up", "--images", images);
        await up.ReadyAsync();
        string folder = UpProcess.Folder(_state, "default");
        string addresses = await RunEverythingAsync(Path.Combine(folder, "kubeconfig"));
        Listeners(addresses).ShouldNotBeEmpty();
        Directory.Exists(Path.Combine(folder, "volumes")).ShouldBeTrue();

        up.Signal(signal);
        await up.ExitAsync();
        (await UpProcess.RunAsync(_state, "down")).ExitCode.ShouldBe(0);
        Listeners(addresses).ShouldBeEmpty();
        (await File.ReadAllTextAsync("/proc/self/mountinfo", TestContext.Current.CancellationToken)).ShouldNotContain(_state);
        Directory.EnumerateFileSystemEntries(folder).Select(Path.GetFileName).ShouldBeSubsetOf(["apiserver.log", "etcd.log", "lock", "pods"]);
        Path.Exists("/etc/left-behind").ShouldBeFalse();
        Path.Exists("/left-behind").ShouldBeFalse();
        Path.Exists("/run/secrets/kubernetes.io").ShouldBeFalse();
        Path.Exists("/dev/termination-log").ShouldBeFalse();
    }

    /// <summary>A pod with volumes and a Service; returns what the addresses of this cluster begin with.</summary>
    private static async Task<string> RunEverythingAsync(string kubeConfig)
    {
        KubeConnection connection = KubeConfigLoader.Load(kubeConfig);
        using KubeClient client = new(connection);
        Pod pod = TestPods.Shell(
            "left",
            "trap '' TERM; while :; do sleep 0.05; done",
            static spec => spec with { Volumes = [new Volume { Name = "v", EmptyDir = new EmptyDirVolumeSource() }] },
            static container => container with { VolumeMounts = [new VolumeMount { Name = "v", MountPath = "/etc/left-behind" }, new VolumeMount { Name = "v", MountPath = "/left-behind" }] });
        await client.Resource<Pod>("default").CreateAsync(pod, TestContext.Current.CancellationToken);
        await client.Resource<Service>("default").CreateAsync(
            new Service
            {
                Metadata = new ObjectMeta { Name = "left", Namespace = "default" },
                Spec = new ServiceSpec { Selector = new Dictionary<string, string> { ["app"] = "left" }, Ports = [new ServicePort { Port = 1081 }] },
            },
            TestContext.Current.CancellationToken);
        Pod ready = await Until.Async(() => client.Resource<Pod>("default").GetAsync("left", CancellationToken.None), TestPods.IsReady);
        string address = ready.Status!.PodIP!;
        string addresses = address[..(address.IndexOf('.', 4) + 1)];
        await Until.Async(() => Task.FromResult(Listeners(addresses)), static listeners => listeners.Length > 0);
        return addresses;
    }

    /// <summary>Addresses that something listens on.</summary>
    private static string[] Listeners(string prefix) =>
    [
        .. File.ReadLines("/proc/net/tcp").Skip(1)
            .Select(static line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(static fields => fields[3] == "0A")
            .Select(static fields => new System.Net.IPAddress(uint.Parse(fields[1].AsSpan(0, 8), NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToString())
            .Where(address => address.StartsWith(prefix, StringComparison.Ordinal)),
    ];
}
