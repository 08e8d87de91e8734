using AgentOperator.Kube;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.AdmissionRegistration;
using AgentOperator.Kube.Models.Apps;
using AgentOperator.Kube.Models.Batch;
using AgentOperator.Kube.Models.Core;
using AgentOperator.Local.Tests.Cluster;

namespace AgentOperator.Local.Tests.Dapr;

public sealed class DaprClusterTests(DaprClusterFixture dapr) : IClassFixture<DaprClusterFixture>
{
    private const string WaitForSidecar = "until curl -sf $DAPR_HTTP_ENDPOINT/v1.0/healthz/outbound; do sleep 0.1; done; ";

    private const string Server = """
        import http.server,os,sys
        class H(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                body=b'[{"pubsubname":"events","topic":"t","route":"/got"}]' if self.path=='/dapr/subscribe' else os.environ['HOSTNAME'].encode()
                self.send_response(404 if self.path=='/dapr/config' else 200); self.send_header('Content-Length',str(len(body))); self.end_headers(); self.wfile.write(body)
            def do_POST(self):
                print(self.path,self.rfile.read(int(self.headers['Content-Length'])).decode(),flush=True)
                self.send_response(200); self.send_header('Content-Length','0'); self.end_headers()
        http.server.ThreadingHTTPServer((os.environ['POD_IP'],8080),H).serve_forever()
        """;

    [Fact]
    public async Task What_the_operator_looks_for_is_there()
    {
        foreach (string kind in new[] { "components", "configurations", "httpendpoints", "resiliencies", "subscriptions" })
        {
            (await dapr.Client.Resource<Kube.Models.ApiExtensions.CustomResourceDefinition>().FindAsync($"{kind}.dapr.io", TestContext.Current.CancellationToken)).ShouldNotBeNull();
        }

        MutatingWebhookConfiguration webhook = await dapr.Client.Resource<MutatingWebhookConfiguration>().GetAsync("dapr-sidecar-injector", TestContext.Current.CancellationToken);
        webhook.Webhooks!.Single().Name.ShouldBe("sidecar-injector.dapr.io");
        Deployment injector = await dapr.Client.Resource<Deployment>("dapr-system").GetAsync("dapr-sidecar-injector", TestContext.Current.CancellationToken);
        injector.Status!.ReadyReplicas!.Value.ShouldBeGreaterThanOrEqualTo(1);
    }

    [Fact]
    public async Task A_pod_keeps_state_through_its_sidecar_and_ends_after_it_has_asked_it_to_shut_down()
    {
        await dapr.ComponentAsync("one", "state.in-memory", "scopes: [keeper]");
        Pod pod = DaprClusterFixture.WithDapr(
            TestPods.Shell("keeper", WaitForSidecar + """curl -s -d '[{"key":"k","value":{"a":1}}]' $DAPR_HTTP_ENDPOINT/v1.0/state/one; curl -s $DAPR_HTTP_ENDPOINT/v1.0/state/one/k; curl -s -X POST $DAPR_HTTP_ENDPOINT/v1.0/shutdown"""),
            "keeper");
        await dapr.Pods.CreateAsync(pod, TestContext.Current.CancellationToken);
        Pod ended = await dapr.UntilAsync("keeper", TestPods.HasEnded);
        ended.Status!.Phase.ShouldBe(PodPhase.Succeeded);
        (await dapr.LogAsync(ended)).ShouldBe("""{"a":1}""");
        ended.Status.ContainerStatuses!.Select(static status => (status.Name, status.State!.Terminated!.ExitCode)).ShouldBe([("main", 0), ("daprd", 0)]);
    }

    [Fact]
    public async Task A_classic_sidecar_keeps_a_jobs_pod_and_a_native_one_lets_it_end()
    {
        await JobAsync("with-classic", ("app-id", "classic"));
        await JobAsync("with-native", ("app-id", "native"), ("enable-native-sidecar", "true"));
        Job native = await Until.Async(() => dapr.Client.Resource<Job>("default").GetAsync("with-native", CancellationToken.None), static job => job.Status?.Conditions?.Any(static condition => condition.Type is "Complete" or "Failed") == true, 60);
        native.Status!.Succeeded.ShouldBe(1);
        Pod pod = await JobPodAsync("with-native", static pod => pod is not null);
        pod.Spec!.InitContainers!.Single().RestartPolicy.ShouldBe("Always");
        pod.Label("dapr.io/sidecar-injected").ShouldBe("true");

        Pod classic = await JobPodAsync("with-classic", static pod => pod?.Status?.ContainerStatuses?.Any(static status => status is { Name: "main", State.Terminated.ExitCode: 0 }) == true);
        classic.Status!.Phase.ShouldBe(PodPhase.Running);
        classic.Status.ContainerStatuses!.Single(static status => status.Name == "daprd").State!.Running.ShouldNotBeNull();
        await dapr.Pods.DeleteAsync(classic.Metadata.Name!, new DeleteOptions(), TestContext.Current.CancellationToken);
        await Until.Async(() => dapr.Pods.FindAsync(classic.Metadata.Name!, CancellationToken.None), static pod => pod is null, 60);
        (await dapr.LogAsync(classic, "daprd")).ShouldContain("received signal");
    }

    [Fact]
    public async Task Apps_of_deployments_are_called_by_their_id_and_get_each_others_messages()
    {
        await dapr.ComponentAsync("events", "pubsub.in-memory");
        await dapr.Client.Resource<Deployment>("default").CreateAsync(
            new Deployment
            {
                Metadata = new ObjectMeta { Name = "callee", Namespace = "default" },
                Spec = new DeploymentSpec
                {
                    Replicas = 1,
                    Selector = new LabelSelector { MatchLabels = new Dictionary<string, string> { ["app"] = "callee" } },
                    Template = new PodTemplateSpec
                    {
                        Metadata = new ObjectMeta { Labels = new Dictionary<string, string> { ["app"] = "callee" }, Annotations = DaprClusterFixture.Annotations("callee", ("app-port", "8080")) },
                        Spec = new PodSpec { TerminationGracePeriodSeconds = 1, Containers = [TestPods.Container("main", $"exec python3 -c \"$SERVER\"") with { Env = [new EnvVar { Name = "SERVER", Value = Server }] }] },
                    },
                },
            },
            TestContext.Current.CancellationToken);
        Pod callee = await Until.Async(
            async () => (await dapr.Pods.ListAsync(new ListOptions { LabelSelector = "app=callee" }, CancellationToken.None)).Items is [{ } one, ..] ? one : null!, static pod => pod is not null && TestPods.IsReady(pod), 60);
        Pod caller = DaprClusterFixture.WithDapr(
            TestPods.Shell("caller", WaitForSidecar + """curl -s $DAPR_HTTP_ENDPOINT/v1.0/invoke/callee/method/name; curl -s -H 'Content-Type: application/json' -d '{"x":1}' $DAPR_HTTP_ENDPOINT/v1.0/publish/events/t; curl -s -X POST $DAPR_HTTP_ENDPOINT/v1.0/shutdown"""),
            "caller");
        await dapr.Pods.CreateAsync(caller, TestContext.Current.CancellationToken);
        (await dapr.LogAsync(await dapr.UntilAsync("caller", TestPods.HasEnded))).ShouldBe(callee.Metadata.Name);
        await Until.Async(() => dapr.LogAsync(callee), static log => log.Contains("/got ", StringComparison.Ordinal) && log.Contains("\"data\":{\"x\":1}", StringComparison.Ordinal), 60);
        await dapr.Client.Resource<Deployment>("default").DeleteAsync("callee", new DeleteOptions(), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_component_of_a_type_that_is_not_there_ends_the_sidecar_and_its_log_says_why()
    {
        await dapr.ComponentAsync("redis", "state.redis", "scopes: [unlucky]");
        await dapr.Pods.CreateAsync(DaprClusterFixture.WithDapr(TestPods.Shell("unlucky", "exit 0"), "unlucky"), TestContext.Current.CancellationToken);
        Pod pod = await dapr.UntilAsync("unlucky", TestPods.HasEnded);
        pod.Status!.Phase.ShouldBe(PodPhase.Failed);
        (await dapr.LogAsync(pod, "daprd")).ShouldContain("couldn't find state.redis/v1");
    }

    [Fact]
    public async Task Secrets_are_read_with_the_rights_of_the_pods_service_account()
    {
        await dapr.Client.Resource<Secret>("default").CreateAsync(new Secret { Metadata = new ObjectMeta { Name = "keys", Namespace = "default" }, StringData = new Dictionary<string, string> { ["a"] = "1" } }, TestContext.Current.CancellationToken);
        await dapr.ApplyAsync("/api/v1/namespaces/default/serviceaccounts/reader", "{ apiVersion: v1, kind: ServiceAccount, metadata: { name: reader, namespace: default } }");
        await dapr.ApplyAsync(
            "/apis/rbac.authorization.k8s.io/v1/namespaces/default/roles/reader",
            """{ apiVersion: rbac.authorization.k8s.io/v1, kind: Role, metadata: { name: reader, namespace: default }, rules: [{ apiGroups: [""], resources: [secrets], resourceNames: [keys], verbs: [get] }] }""");
        await dapr.ApplyAsync(
            "/apis/rbac.authorization.k8s.io/v1/namespaces/default/rolebindings/reader",
            "{ apiVersion: rbac.authorization.k8s.io/v1, kind: RoleBinding, metadata: { name: reader, namespace: default }, roleRef: { apiGroup: rbac.authorization.k8s.io, kind: Role, name: reader }, subjects: [{ kind: ServiceAccount, name: reader, namespace: default }] }");
        foreach ((string account, string expected) in new[] { ("reader", """{"a":"1"}"""), ("default", "ERR_SECRET_GET") })
        {
            string name = "reads-as-" + account;
            Pod pod = TestPods.Shell(name, WaitForSidecar + "curl -s $DAPR_HTTP_ENDPOINT/v1.0/secrets/kubernetes/keys; curl -s -X POST $DAPR_HTTP_ENDPOINT/v1.0/shutdown", spec => spec with { ServiceAccountName = account });
            await dapr.Pods.CreateAsync(DaprClusterFixture.WithDapr(pod, name), TestContext.Current.CancellationToken);
            (await dapr.LogAsync(await dapr.UntilAsync(name, TestPods.HasEnded))).ShouldContain(expected);
        }
    }

    [Fact]
    public async Task A_wrong_app_id_is_denied()
    {
        KubeApiException error = await Should.ThrowAsync<KubeApiException>(() => dapr.Pods.CreateAsync(DaprClusterFixture.WithDapr(TestPods.Shell("wrong-id", ""), "Wrong.Id"), TestContext.Current.CancellationToken));
        error.Message.ShouldContain("invalid app id");
    }

    private Task<Job> JobAsync(string name, params (string Name, string Value)[] annotations) => dapr.Client.Resource<Job>("default").CreateAsync(
        TestJobs.Shell(name, WaitForSidecar, spec => spec with { Template = spec.Template with { Metadata = new ObjectMeta { Annotations = DaprClusterFixture.Annotations("", annotations) } } }),
        TestContext.Current.CancellationToken);

    private async Task<Pod> JobPodAsync(string job, Func<Pod?, bool> holds) => (await Until.Async(
        async () => (await dapr.Pods.ListAsync(new ListOptions { LabelSelector = $"{JobLabels.JobName}={job}" }, CancellationToken.None)).Items is [{ } one, ..] ? one : null, holds, 60))!;
}
