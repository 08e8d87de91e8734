using System.Text;
using AgentOperator.Kube;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Core;

namespace AgentOperator.Local.Tests.Cluster;

public sealed class VolumeTests(ClusterFixture cluster)
{
    private const string Access = "/var/run/secrets/kubernetes.io/serviceaccount";

    [Fact]
    public async Task Files_of_every_kind_of_volume_are_where_they_are_mounted()
    {
        await ConfigAsync("files", ("a.txt", "from the map"), ("b.txt", "other"));
        await SecretAsync("files", ("password", "secret"));
        Pod pod = await cluster.RunAsync(TestPods.Shell(
            "files",
            "cat /config/a.txt; echo; cat /etc/app/settings/b; echo; cat /opt/only-b; echo; cat /secret/password; echo; cat /downward/labels; echo; cat /all/deep/password /all/name; echo; "
            + "echo x > /data/file && cat /sub/file; echo x > /config/a.txt || echo map-read-only; ls -d /etc/passwd; touch /etc/app/y || echo root-read-only; stat -c %a /all/deep/password",
            spec => spec with
            {
                Volumes =
                [
                    new Volume { Name = "config", ConfigMap = new ConfigMapVolumeSource { Name = "files" } },
                    new Volume { Name = "items", ConfigMap = new ConfigMapVolumeSource { Name = "files", Items = [new KeyToPath { Key = "b.txt", Path = "b" }] } },
                    new Volume { Name = "secret", Secret = new SecretVolumeSource { SecretName = "files" } },
                    new Volume { Name = "downward", DownwardApi = new DownwardApiVolumeSource { Items = [new DownwardApiVolumeFile { Path = "labels", FieldRef = new ObjectFieldSelector { FieldPath = "metadata.labels" } }] } },
                    new Volume
                    {
                        Name = "all",
                        Projected = new ProjectedVolumeSource
                        {
                            Sources =
                            [
                                new VolumeProjection { Secret = new SecretProjection { Name = "files", Items = [new KeyToPath { Key = "password", Path = "deep/password", Mode = 256 }] } },
                                new VolumeProjection { DownwardApi = new DownwardApiProjection { Items = [new DownwardApiVolumeFile { Path = "name", FieldRef = new ObjectFieldSelector { FieldPath = "metadata.name" } }] } },
                                new VolumeProjection { ConfigMap = new ConfigMapProjection { Name = "nowhere", Optional = true } },
                            ],
                        },
                    },
                    new Volume { Name = "data", EmptyDir = new EmptyDirVolumeSource() },
                ],
            },
            container => container with
            {
                Env = [new EnvVar { Name = "SUB", Value = "folder" }],
                VolumeMounts =
                [
                    new VolumeMount { Name = "config", MountPath = "/config" },
                    new VolumeMount { Name = "items", MountPath = "/etc/app/settings" },
                    new VolumeMount { Name = "config", MountPath = "/opt/only-b", SubPath = "b.txt" },
                    new VolumeMount { Name = "secret", MountPath = "/secret" },
                    new VolumeMount { Name = "downward", MountPath = "/downward" },
                    new VolumeMount { Name = "all", MountPath = "/all" },
                    new VolumeMount { Name = "data", MountPath = "/data", SubPathExpr = "$(SUB)" },
                    new VolumeMount { Name = "data", MountPath = "/sub", SubPath = "folder", ReadOnly = true },
                ],
            }));
        string[] lines = (await cluster.LogAsync(pod)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines.Where(static line => !line.StartsWith("/bin/sh", StringComparison.Ordinal) && !line.StartsWith("touch", StringComparison.Ordinal)).ShouldBe(
            ["from the map", "other", "other", "secret", "app=\"files\"", "secretfiles", "x", "map-read-only", "/etc/passwd", "root-read-only", "400"]);
        await Until.Async(() => Task.FromResult(Directory.Exists(Path.Combine(cluster.Cluster.StateFolder, "volumes", pod.Metadata.Uid!))), static exists => !exists);
    }

    [Fact]
    public async Task Variables_come_from_config_maps_secrets_and_resources()
    {
        await ConfigAsync("variables", ("COLOR", "green"), ("SIZE", "7"));
        await SecretAsync("variables", ("TOKEN", "token"));
        Pod pod = await cluster.RunAsync(TestPods.Shell("variables", "env | sort", container: container => container with
        {
            Resources = new ResourceRequirements { Limits = new Dictionary<string, Quantity> { ["cpu"] = new("1500m"), ["memory"] = new("64Mi") } },
            EnvFrom = [new EnvFromSource { Prefix = "M_", ConfigMapRef = new ConfigMapEnvSource { Name = "variables" } }, new EnvFromSource { SecretRef = new SecretEnvSource { Name = "absent", Optional = true } }],
            Env =
            [
                new EnvVar { Name = "ONE", ValueFrom = new EnvVarSource { ConfigMapKeyRef = new ConfigMapKeySelector { Name = "variables", Key = "COLOR" } } },
                new EnvVar { Name = "TWO", ValueFrom = new EnvVarSource { SecretKeyRef = new SecretKeySelector { Name = "variables", Key = "TOKEN" } } },
                new EnvVar { Name = "CPU", ValueFrom = new EnvVarSource { ResourceFieldRef = new ResourceFieldSelector { Resource = "limits.cpu", Divisor = new Quantity("1m") } } },
                new EnvVar { Name = "MEMORY", ValueFrom = new EnvVarSource { ResourceFieldRef = new ResourceFieldSelector { Resource = "limits.memory", Divisor = new Quantity("1Mi") } } },
                new EnvVar { Name = "BOTH", Value = "$(M_COLOR)-$(ONE)-$(KUBERNETES_SERVICE_PORT)" },
            ],
        }));
        string log = await cluster.LogAsync(pod);
        foreach (string line in (string[])["M_COLOR=green", "M_SIZE=7", "ONE=green", "TWO=token", "CPU=1500", "MEMORY=64", $"BOTH=green-green-{cluster.Cluster.Connection.Server.Port}"])
        {
            log.ShouldContain(line + "\n");
        }
    }

    [Fact]
    public async Task A_missing_secret_is_a_config_error_that_heals()
    {
        await cluster.Pods.CreateAsync(
            TestPods.Shell("heals", "echo $VALUE", container: static container => container with { EnvFrom = [new EnvFromSource { SecretRef = new SecretEnvSource { Name = "late" } }] }),
            TestContext.Current.CancellationToken);
        Pod waiting = await cluster.WaitAsync("heals", static pod => pod.Status?.ContainerStatuses?[0].State?.Waiting?.Reason == "CreateContainerConfigError");
        waiting.Status!.ContainerStatuses![0].State!.Waiting!.Message.ShouldBe("secret \"late\" not found");
        waiting.Status.Phase.ShouldBe(PodPhase.Pending);
        await SecretAsync("late", ("VALUE", "here"));
        Pod pod = await cluster.WaitAsync("heals", TestPods.HasEnded);
        (await cluster.LogAsync(pod)).ShouldBe("here\n");
    }

    [Fact]
    public async Task A_volume_of_a_missing_map_keeps_the_container_from_being_created_until_it_is_there()
    {
        await cluster.Pods.CreateAsync(
            TestPods.Shell("volume-heals", "cat /c/k", static spec => spec with { Volumes = [new Volume { Name = "c", ConfigMap = new ConfigMapVolumeSource { Name = "late-map" } }] }, static container => container with { VolumeMounts = [new VolumeMount { Name = "c", MountPath = "/c" }] }),
            TestContext.Current.CancellationToken);
        await cluster.WaitAsync("volume-heals", static pod => pod.Status?.ContainerStatuses?[0].State?.Waiting is { Reason: "ContainerCreating", Message: "configmap \"late-map\" not found" });
        await ConfigAsync("late-map", ("k", "v"));
        (await cluster.LogAsync(await cluster.WaitAsync("volume-heals", TestPods.HasEnded))).ShouldBe("v");
    }

    [Fact]
    public async Task Changes_of_maps_and_labels_reach_a_running_pod()
    {
        await ConfigAsync("changes", ("k", "one"));
        Pod pod = await cluster.RunAsync(
            TestPods.Shell(
                "changes",
                "cat /v/map/k; echo; until grep -q two /v/map/k; do sleep 0.05; done; echo changed; until grep -q new /v/down/labels; do sleep 0.05; done; readlink /v/map/k",
                static spec => spec with
                {
                    Volumes =
                    [
                        new Volume { Name = "map", ConfigMap = new ConfigMapVolumeSource { Name = "changes" } },
                        new Volume { Name = "down", DownwardApi = new DownwardApiVolumeSource { Items = [new DownwardApiVolumeFile { Path = "labels", FieldRef = new ObjectFieldSelector { FieldPath = "metadata.labels" } }] } },
                    ],
                },
                static container => container with { VolumeMounts = [new VolumeMount { Name = "map", MountPath = "/v/map" }, new VolumeMount { Name = "down", MountPath = "/v/down" }] }),
            TestPods.IsRunning);
        await cluster.LogAsync(pod, static log => log.Contains("one", StringComparison.Ordinal));
        await cluster.Client.Resource<ConfigMap>("default").PatchAsync("changes", Kube.Patching.Patch.Merge("""{"data":{"k":"two"}}"""u8), TestContext.Current.CancellationToken);
        await cluster.LogAsync(pod, static log => log.Contains("changed", StringComparison.Ordinal));
        await cluster.Pods.PatchAsync("changes", Kube.Patching.Patch.Merge("""{"metadata":{"labels":{"new":"label"}}}"""u8), TestContext.Current.CancellationToken);
        await cluster.WaitAsync("changes", TestPods.HasEnded);
        (await cluster.LogAsync(pod)).ShouldEndWith("..data/k\n");
    }

    [Fact]
    public async Task A_pod_is_known_to_the_api_by_its_service_account()
    {
        Pod pod = await cluster.RunAsync(TestPods.Shell(
            "account",
            $"cat {Access}/namespace; echo; curl -sS --cacert {Access}/ca.crt -H \"Authorization: Bearer $(cat {Access}/token)\" https://$KUBERNETES_SERVICE_HOST:$KUBERNETES_SERVICE_PORT/apis/authentication.k8s.io/v1/selfsubjectreviews "
            + "-H 'Content-Type: application/json' -d '{\"apiVersion\":\"authentication.k8s.io/v1\",\"kind\":\"SelfSubjectReview\"}'; sleep 1000"), TestPods.IsRunning);
        string log = await cluster.LogAsync(pod, static log => log.Contains("userInfo", StringComparison.Ordinal));
        log.ShouldStartWith("default\n");
        log.ShouldContain("system:serviceaccount:default:default");
        log.ShouldContain("\"account\"");
        await cluster.Pods.DeleteAsync("account", new DeleteOptions(), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task No_token_is_mounted_where_none_is_wanted()
    {
        Pod pod = await cluster.RunAsync(TestPods.Shell("unaccounted", $"ls {Access} 2>&1 || true", static spec => spec with { AutomountServiceAccountToken = false }));
        (await cluster.LogAsync(pod)).ShouldContain("No such file");
    }

    [Fact]
    public async Task A_host_path_is_written_to_only_when_asked()
    {
        string folder = Directory.CreateTempSubdirectory("local-cluster-host-").FullName;
        Pod pod = await cluster.RunAsync(TestPods.Shell(
            "host",
            "touch /ro/a || echo refused; touch /rw/b && echo taken",
            spec => spec with { Volumes = [new Volume { Name = "h", HostPath = new HostPathVolumeSource { Path = folder } }] },
            static container => container with { VolumeMounts = [new VolumeMount { Name = "h", MountPath = "/ro", ReadOnly = true }, new VolumeMount { Name = "h", MountPath = "/rw" }] }).Writing());
        Pod timid = await cluster.RunAsync(TestPods.Shell(
            "host-timid",
            "touch /h/c || echo refused",
            spec => spec with { Volumes = [new Volume { Name = "h", HostPath = new HostPathVolumeSource { Path = folder } }] },
            static container => container with { VolumeMounts = [new VolumeMount { Name = "h", MountPath = "/h" }] }));
        (await cluster.LogAsync(timid)).ShouldContain("refused");
        (await cluster.LogAsync(pod)).ShouldContain("refused\ntaken\n");
        Directory.GetFiles(folder).Select(Path.GetFileName).ShouldBe(["b"]);
        Directory.Delete(folder, recursive: true);
    }

    private Task<ConfigMap> ConfigAsync(string name, params (string Key, string Value)[] data) => cluster.Client.Resource<ConfigMap>("default").CreateAsync(
        new ConfigMap { Metadata = new ObjectMeta { Name = name, Namespace = "default" }, Data = data.ToDictionary(static entry => entry.Key, static entry => entry.Value) },
        TestContext.Current.CancellationToken);

    private Task<Secret> SecretAsync(string name, params (string Key, string Value)[] data) => cluster.Client.Resource<Secret>("default").CreateAsync(
        new Secret
        {
            Metadata = new ObjectMeta { Name = name, Namespace = "default" },
            Data = data.ToDictionary(static entry => entry.Key, static entry => new ReadOnlyMemory<byte>(Encoding.UTF8.GetBytes(entry.Value))),
        },
        TestContext.Current.CancellationToken);
}
