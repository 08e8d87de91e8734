using AgentOperator.Kube;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Core;
using AgentOperator.Kube.Models.Discovery;

namespace AgentOperator.Local.Tests.Cluster;

public sealed class ServiceTests(ClusterFixture cluster)
{
    private const string Server = """
        import http.server,os
        class H(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                body=os.environ['HOSTNAME'].encode(); self.send_response(200); self.send_header('Content-Length',str(len(body))); self.end_headers(); self.wfile.write(body)
        http.server.HTTPServer((os.environ['POD_IP'],8080),H).serve_forever()
        """;

    [Fact]
    public async Task A_service_spreads_over_its_ready_pods_and_its_name_is_known()
    {
        Pod client = await cluster.RunAsync(
            TestPods.Shell("service-client", "for i in $(seq 200); do for n in web web.default web.default.svc.cluster.local; do curl -s --max-time 2 http://$n:1080/ && echo; done; sleep 0.1; done"), TestPods.IsRunning);
        await ServiceAsync("web", "web", null);
        await cluster.RunAsync(Web("web-a"), TestPods.IsReady);
        await cluster.RunAsync(Web("web-b"), TestPods.IsReady);
        await cluster.LogAsync(client, static log => log.Contains("web-a", StringComparison.Ordinal) && log.Contains("web-b", StringComparison.Ordinal));

        EndpointSlice slice = await Until.Async(() => SliceAsync("web"), static slice => slice?.Endpoints.Count(static endpoint => endpoint.Conditions?.Ready == true) == 2)
            ?? throw new InvalidOperationException();
        slice.Ports!.Single().Port.ShouldBe(8080);
        slice.Endpoints.Select(static endpoint => endpoint.TargetRef!.Name).ShouldBe(["web-a", "web-b"]);
        foreach (string name in (string[])["web-a", "web-b", "service-client"])
        {
            await cluster.Pods.DeleteAsync(name, new DeleteOptions(), TestContext.Current.CancellationToken);
        }

        await Until.Async(() => SliceAsync("web"), static slice => slice?.Endpoints.Count == 0);
        await cluster.Client.Resource<Service>("default").DeleteAsync("web", new DeleteOptions(), TestContext.Current.CancellationToken);
        await Until.Async(() => SliceAsync("web"), static slice => slice is null);
    }

    [Fact]
    public async Task A_headless_service_leads_to_the_pods_themselves()
    {
        await ServiceAsync("direct", "direct-a", "None");
        Pod pod = await cluster.RunAsync(Web("direct-a") with { Metadata = new ObjectMeta { Name = "direct-a", Namespace = "default", Labels = new Dictionary<string, string> { ["web"] = "direct-a" } } }, TestPods.IsReady);
        Pod client = await cluster.RunAsync(TestPods.Shell("headless-client", "until getent hosts direct; do sleep 0.05; done"));
        (await cluster.LogAsync(client)).ShouldStartWith(pod.Status!.PodIP!);
        await cluster.Pods.DeleteAsync("direct-a", new DeleteOptions(), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task The_api_server_is_known_by_its_name()
    {
        const string Access = "/var/run/secrets/kubernetes.io/serviceaccount";
        Pod pod = await cluster.RunAsync(TestPods.Shell(
            "by-name",
            $"for n in kubernetes kubernetes.default.svc; do until getent hosts $n; do sleep 0.05; done > /dev/null; curl -sS --cacert {Access}/ca.crt https://$n:$KUBERNETES_SERVICE_PORT/readyz; echo; done"));
        (await cluster.LogAsync(pod)).ShouldBe("ok\nok\n");
        Service service = await cluster.Client.Resource<Service>("default").GetAsync("kubernetes", TestContext.Current.CancellationToken);
        service.Spec!.ClusterIP.ShouldBe("10.0.0.1");
    }

    private static Pod Web(string name)
    {
        Pod pod = TestPods.Shell(name, $"exec python3 -c \"{Server}\"", container: static container => container with
        {
            Ports = [new ContainerPort { Name = "http", ContainerPortNumber = 8080 }],
            ReadinessProbe = new Probe { HttpGet = new HttpGetAction { Port = "http" }, PeriodSeconds = 1 },
        });
        return pod with { Metadata = pod.Metadata with { Labels = new Dictionary<string, string> { ["web"] = "web" } } };
    }

    private Task<Service> ServiceAsync(string name, string selects, string? clusterIP) => cluster.Client.Resource<Service>("default").CreateAsync(
        new Service
        {
            Metadata = new ObjectMeta { Name = name, Namespace = "default" },
            Spec = new ServiceSpec { ClusterIP = clusterIP, Selector = new Dictionary<string, string> { ["web"] = selects }, Ports = [new ServicePort { Port = 1080, TargetPort = "http" }] },
        },
        TestContext.Current.CancellationToken);

    private async Task<EndpointSlice?> SliceAsync(string service) =>
        (await cluster.Client.Resource<EndpointSlice>("default").ListAsync(new ListOptions { LabelSelector = $"kubernetes.io/service-name={service}" }, CancellationToken.None)).Items is [{ } slice] ? slice : null;
}
