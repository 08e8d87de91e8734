using System.Net;
using System.Text;
using AgentOperator.Agents.Dapr;
using AgentOperator.Api;
using AgentOperator.Api.Workflows;
using AgentOperator.Controllers.Caching;
using AgentOperator.EndToEnd.Agents;
using AgentOperator.Kube;
using AgentOperator.Kube.Models;
using AgentOperator.Local.Dapr;
using AgentOperator.Local.Dapr.Resources;
using AgentOperator.Local.Dapr.Sidecars;
using AgentOperator.Tooling;
using Microsoft.Extensions.Logging.Abstractions;

namespace AgentOperator.EndToEnd.Triggers;

/// <summary>Topics through a sidecar of the operator's own.</summary>
[Trait("Cluster", "local")]
public sealed class TopicTests
{
    private const string Home = "home";
    private const string Token = "sidecar-token";

    private static readonly string Components = $$"""
        apiVersion: dapr.io/v1alpha1
        kind: Component
        metadata: { name: orders, annotations: { {{Labels.TriggerNamespaces}}: "team" } }
        spec: { type: pubsub.in-memory, version: v1 }
        ---
        apiVersion: dapr.io/v1alpha1
        kind: Component
        metadata: { name: private }
        spec: { type: pubsub.in-memory, version: v1 }
        """;

    private const string Triggers = """
        { name: created, topic: { pubsub: orders, topic: created }, when: "event.body.total > 10", params: [{ name: said, value: "{{ event.body.id }}" }] }
        """;

    [Fact]
    public async Task A_message_runs_once_in_the_namespaces_that_the_component_allows()
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        await using InstalledCluster cluster = await InstalledCluster.EmptyAsync();
        await cluster.Kubectl.RunAsync(cancellation, "apply", "--server-side", "-k", Repository.PathTo("config", "crd"));
        using TestNamespace dapr = new("default", cluster.Connection, cluster.Kubectl);
        await dapr.ApplyAsync(DaprYaml.Definitions);
        await cluster.Kubectl.RunAsync(cancellation, "wait", "--for=condition=established", "--timeout=60s", "crd", "--all");
        await cluster.Kubectl.RunAsync(cancellation, "create", "namespace", Home);
        await cluster.Kubectl.RunAsync(cancellation, "create", "namespace", "team");
        using TestNamespace home = new(Home, cluster.Connection, cluster.Kubectl);
        using TestNamespace team = new("team", cluster.Connection, cluster.Kubectl);
        await home.ApplyAsync(Components);
        await using OperatorProcess process = OperatorProcess.Start(
            Repository.PathTo("artifacts", "test-results", "operator", "topics.log"),
            new Dictionary<string, string> { ["APP_API_TOKEN"] = Token },
            "--kubeconfig", cluster.KubeConfigPath, "--lease-namespace", Home, "--leader-elect=false", "--dapr-app-bind-address", "127.0.0.1:0");
        Uri app = await HookCalls.AddressAsync(process, "--dapr-app-bind-address");
        await team.ApplyAsync(TriggerYaml.Definition(Triggers, "concurrency: Allow"));
        await team.ApplyAsync(TriggerYaml.Definition("{ name: other, topic: { pubsub: private, topic: created } }").Replace("name: d }", "name: refused }", StringComparison.Ordinal));
        await team.UntilReadyAsync();
        (await team.UntilAsync("refused", static one => one.Status?.Triggers is not null)).Status!.Triggers![0].Problem
            .ShouldBe("Component private does not allow namespace team: its annotation agentoperator.dev/trigger-namespaces has to name it");
        DaprSubscriptionObject subscription = await home.UntilAsync<DaprSubscriptionObject>(null, static _ => true, static _ => "none");
        (subscription.Scopes!.Single(), subscription.Spec!.Value.GetProperty("topic").GetString()).ShouldBe(("agent-operator", "created"));

        using CancellationTokenSource following = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using KubeClient client = new(cluster.Connection);
        Task reflecting = Follow(client, following.Token, out ClusterResourceSource resources);
        SidecarOptions options = new() { AppId = "agent-operator", Namespace = Home, AppPort = app.Port, AppToken = Token, HttpPort = 0, PublicPort = 0 };
        await using (Sidecar sidecar = await Sidecar.StartAsync(options, new DaprMesh(TimeProvider.System), resources, null, static _ => { }, cancellation))
        {
            await UntilSubscribedAsync(sidecar, cancellation);
            await PublishAsync(sidecar, "1", """{"id":"o1","total":20}""");
            await PublishAsync(sidecar, "1", """{"id":"o1","total":20}""");
            await PublishAsync(sidecar, "2", """{"id":"o2","total":5}""");
            await PublishAsync(sidecar, "3", """{"id":"o3","total":11}""");

            Workflow third = await team.UntilRunAsync("test#3", static run => WorkflowPhases.IsFinal(run.Status?.Phase));

            third.Status!.Steps![0].Outputs!["said"].GetString().ShouldBe("o3");
            await team.UntilRunAsync("test#1", static run => WorkflowPhases.IsFinal(run.Status?.Phase));
            (await team.RunsAsync()).Select(static run => run.Annotation(Labels.Event)).Order(StringComparer.Ordinal).ShouldBe(["test#1", "test#3"]);
        }

        using HttpClient stranger = new();
        using HttpResponseMessage refused = await stranger.PostAsync(new Uri(app, "/v1/topics"), new StringContent("{}"), cancellation);
        refused.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        await cluster.Kubectl.RunAsync(cancellation, "delete", "awf/d", "--namespace", "team");
        await home.UntilGoneAsync<DaprSubscriptionObject>(subscription.Metadata.Name!);
        await following.CancelAsync();
        await reflecting;
    }

    private static Task Follow(KubeClient client, CancellationToken cancellation, out ClusterResourceSource resources)
    {
        ObjectStore<DaprComponent> components = new();
        ObjectStore<DaprSubscription> subscriptions = new();
        ObjectStore<DaprResiliency> resiliencies = new();
        resources = new ClusterResourceSource(client, components, subscriptions, resiliencies);
        Reflector<DaprComponent> first = Reflect(client, components);
        Reflector<DaprSubscription> second = Reflect(client, subscriptions);
        return RunAsync(first.RunAsync(cancellation), second.RunAsync(cancellation));
    }

    private static Reflector<T> Reflect<T>(KubeClient client, ObjectStore<T> store)
        where T : class, IKubernetesObject<T> =>
        new(new ApiObjectSource<T>(client.Resource<T>(Home), null), store, TimeProvider.System, new Random(), NullLogger<Reflector<T>>.Instance);

    private static async Task RunAsync(params Task[] tasks)
    {
        try
        {
            await Task.WhenAll(tasks);
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }

    private static async Task UntilSubscribedAsync(Sidecar sidecar, CancellationToken cancellation)
    {
        using HttpClient http = new();
        while (!(await http.GetStringAsync(new Uri(sidecar.Address, "/v1.0/metadata"), cancellation)).Contains("\"created\"", StringComparison.Ordinal))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, cancellation);
        }
    }

    /// <summary>Publishes with an id of its own: at least once means that it may come again.</summary>
    private static async Task PublishAsync(Sidecar sidecar, string id, string data)
    {
        using HttpClient http = new();
        using StringContent content = new(data, Encoding.UTF8, "application/json");
        using HttpResponseMessage published = await http.PostAsync(new Uri(sidecar.Address, $"/v1.0/publish/orders/created?metadata.cloudevent.id={id}&metadata.cloudevent.source=test"), content, TestContext.Current.CancellationToken);
        published.StatusCode.ShouldBe(HttpStatusCode.NoContent);
    }
}
