using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Core;
using AgentOperator.Local.Dapr.Injection;
using AgentOperator.Local.Tests.Cluster;

namespace AgentOperator.Local.Tests.Dapr;

public sealed class InjectorTests
{
    private const string JobController = "system:serviceaccount:kube-system:job-controller";

    [Theory]
    [InlineData("true", true)]
    [InlineData("TRUE", true)]
    [InlineData("yes", false)]
    [InlineData("1", false)]
    [InlineData("false", false)]
    public void Only_true_asks_for_a_sidecar(string enabled, bool isInjected) => (Patch(Pod(("enabled", enabled), ("app-id", "a"))) is not null).ShouldBe(isInjected);

    [Theory]
    [InlineData("system:serviceaccount:kube-system:replicaset-controller", "", true)]
    [InlineData(JobController, "", true)]
    [InlineData("admin", "system:masters", true)]
    [InlineData("system:serviceaccount:agent-operator-system:agent-operator", "system:serviceaccounts", false)]
    [InlineData("system:serviceaccount:other:job-controller", "", false)]
    public void Only_pods_of_known_controllers_get_one(string user, string group, bool isInjected) => (Patch(Pod(("enabled", "true"), ("app-id", "a")), user, group) is not null).ShouldBe(isInjected);

    [Theory]
    [InlineData("agent", true)]
    [InlineData("Agent", false)]
    [InlineData("my.agent", false)]
    [InlineData("-agent", false)]
    [InlineData("a234567890123456789012345678901234567890123456789012345678", true)]
    [InlineData("a2345678901234567890123456789012345678901234567890123456789", false)]
    public void An_app_id_that_makes_no_service_name_is_denied(string appId, bool isAllowed)
    {
        JsonNode response = Answer(Pod(("enabled", "true"), ("app-id", appId)))["response"]!;
        response["allowed"]!.GetValue<bool>().ShouldBe(isAllowed);
        if (!isAllowed)
        {
            response["status"]!["message"]!.GetValue<string>().ShouldContain($"'{appId}'");
        }
    }

    [Fact]
    public void A_pod_with_a_sidecar_is_left_alone()
    {
        Pod pod = Pod(("enabled", "true"), ("app-id", "a"));
        Patch(pod with { Spec = pod.Spec! with { InitContainers = [TestPods.Container("daprd", "")] } }).ShouldBeNull();
    }

    [Fact]
    public void The_app_gets_its_variables_and_keeps_its_own()
    {
        Pod pod = Pod(("enabled", "true"), ("app-id", "a"), ("app-protocol", "https"));
        pod = pod with { Spec = pod.Spec! with { Containers = [.. pod.Spec.Containers, TestPods.Container("own", "") with { Env = [new EnvVar { Name = "DAPR_HTTP_PORT", Value = "1" }] }], InitContainers = [TestPods.Container("before", "")] } };
        JsonArray patch = Patch(pod)!;
        Values(patch, "/spec/containers/0/env/-").Select(static value => (value!["name"]!.GetValue<string>(), value["value"]!.GetValue<string>()))
            .ShouldBe([("DAPR_HTTP_PORT", "3500"), ("DAPR_GRPC_PORT", "50001"), ("APP_PROTOCOL", "https"), ("DAPR_HTTP_ENDPOINT", "http://$(POD_IP):3500")]);
        Values(patch, "/spec/containers/1/env/-").Select(static value => value!["name"]!.GetValue<string>()).ShouldBe(["DAPR_GRPC_PORT", "APP_PROTOCOL", "DAPR_HTTP_ENDPOINT"]);
        patch.ShouldNotContain(static operation => operation!["path"]!.GetValue<string>().StartsWith("/spec/initContainers/0", StringComparison.Ordinal));
        Values(patch, "/metadata/labels/dapr.io~1sidecar-injected").Single()!.GetValue<string>().ShouldBe("true");
        Values(patch, "/metadata/labels/dapr.io~1app-id").Single()!.GetValue<string>().ShouldBe("a");
    }

    [Fact]
    public void The_sidecar_is_told_what_the_annotations_say()
    {
        JsonNode sidecar = Values(Patch(Pod(
            ("enabled", "true"), ("app-id", "a"), ("app-port", "8080"), ("api-token-secret", "api"), ("app-token-secret", "app"), ("graceful-shutdown-seconds", "9"), ("block-shutdown-duration", "1m"), ("scheduler-host-address", ""), ("app-max-concurrency", "3"), ("log-level", "debug"), ("config", "tracing"), ("env", "A=1,B=2"), ("sidecar-seccomp-profile-type", "RuntimeDefault"), ("sidecar-readiness-probe-period-seconds", "7")))!, "/spec/containers/-").Single()!;
        string line = string.Join(' ', sidecar["args"]!.AsArray().Select(static argument => argument!.GetValue<string>()));
        foreach (string part in new[] { "--app-id a ", "--app-port 8080", "--dapr-graceful-shutdown-seconds 9", "--dapr-block-shutdown-duration 1m", "--app-max-concurrency 3", "--log-level debug", "--config tracing", "--mode kubernetes", "--scheduler-host-address" })
        {
            line.ShouldContain(part);
        }

        sidecar["name"]!.GetValue<string>().ShouldBe("daprd");
        sidecar["restartPolicy"].ShouldBeNull();
        JsonArray variables = sidecar["env"]!.AsArray();
        variables.Single(static variable => variable!["name"]!.GetValue<string>() == "DAPR_API_TOKEN")!["valueFrom"]!["secretKeyRef"]!.ToJsonString().ShouldBe("""{"name":"api","key":"token"}""");
        variables.Single(static variable => variable!["name"]!.GetValue<string>() == "APP_API_TOKEN")!["valueFrom"]!["secretKeyRef"]!["name"]!.GetValue<string>().ShouldBe("app");
        variables.Single(static variable => variable!["name"]!.GetValue<string>() == "B")!["value"]!.GetValue<string>().ShouldBe("2");
        sidecar["readinessProbe"]!["httpGet"]!["port"]!.GetValue<int>().ShouldBe(3501);
        sidecar["readinessProbe"]!["periodSeconds"]!.GetValue<int>().ShouldBe(7);
        sidecar["securityContext"]!["seccompProfile"]!["type"]!.GetValue<string>().ShouldBe("RuntimeDefault");
    }

    [Fact]
    public void A_native_sidecar_is_the_last_init_container_and_always_restarts()
    {
        Pod pod = Pod(("enabled", "true"), ("app-id", "a"), ("enable-native-sidecar", "true"));
        JsonNode first = Values(Patch(pod)!, "/spec/initContainers").Single()!.AsArray().Single()!;
        (first["name"]!.GetValue<string>(), first["restartPolicy"]!.GetValue<string>()).ShouldBe(("daprd", "Always"));
        Values(Patch(pod with { Spec = pod.Spec! with { InitContainers = [TestPods.Container("before", "")] } })!, "/spec/initContainers/-").Single()!["restartPolicy"]!.GetValue<string>().ShouldBe("Always");
    }

    private static Pod Pod(params (string Name, string Value)[] annotations) => new()
    {
        Metadata = new ObjectMeta { GenerateName = "pod-", Annotations = annotations.ToDictionary(static entry => "dapr.io/" + entry.Name, static entry => entry.Value) },
        Spec = new PodSpec { Containers = [TestPods.Container("main", "")] },
    };

    private static JsonObject Answer(Pod pod, string user = JobController, string group = "") => Injector.Answer(new JsonObject
    {
        ["request"] = new JsonObject
        {
            ["uid"] = "u",
            ["namespace"] = "default",
            ["userInfo"] = new JsonObject { ["username"] = user, ["groups"] = new JsonArray(group) },
            ["object"] = JsonSerializer.SerializeToNode(pod, Kube.Models.Core.Pod.JsonTypeInfo),
        },
    })!;

    private static JsonArray? Patch(Pod pod, string user = JobController, string group = "") =>
        Answer(pod, user, group)["response"]!["patch"] is { } patch ? JsonNode.Parse(Encoding.UTF8.GetString(Convert.FromBase64String(patch.GetValue<string>())))!.AsArray() : null;

    private static IEnumerable<JsonNode?> Values(JsonArray patch, string path) => patch.Where(operation => operation!["path"]!.GetValue<string>() == path).Select(static operation => operation!["value"]);
}
