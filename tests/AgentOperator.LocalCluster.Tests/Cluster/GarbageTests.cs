using System.Net.Http.Headers;
using System.Text;
using AgentOperator.Kube;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Core;
using AgentOperator.Local.Requests;

namespace AgentOperator.Local.Tests.Cluster;

public sealed class GarbageTests(ClusterFixture cluster)
{
    private const string Widgets = """
        {"apiVersion":"apiextensions.k8s.io/v1","kind":"CustomResourceDefinition","metadata":{"name":"widgets.agentoperator.dev"},"spec":{"group":"agentoperator.dev","scope":"Namespaced",
        "names":{"plural":"widgets","singular":"widget","kind":"Widget","listKind":"WidgetList"},
        "versions":[{"name":"v1","served":true,"storage":true,"schema":{"openAPIV3Schema":{"type":"object","x-kubernetes-preserve-unknown-fields":true}}}]}}
        """;

    private static readonly SemaphoreSlim Gate = new(1);

    private ResourceClient<ConfigMap> ConfigMaps => cluster.Client.Resource<ConfigMap>("default");

    [Fact]
    public async Task What_names_an_absent_owner_is_deleted()
    {
        await CreateAsync("absent-owner", Reference("nobody", "00000000-0000-0000-0000-000000000000"));
        await GoneAsync("absent-owner");
    }

    [Fact]
    public async Task One_of_two_owners_is_enough_and_the_lost_one_is_struck_out()
    {
        ConfigMap first = await CreateAsync("two-first");
        ConfigMap second = await CreateAsync("two-second");
        await CreateAsync("two-child", Reference(first), Reference(second));
        await DeleteAsync("two-first", "Background");
        ConfigMap child = (await Until.Async(() => ConfigMaps.FindAsync("two-child", CancellationToken.None), static found => found?.Metadata.OwnerReferences?.Count == 1))!;
        child.Metadata.OwnerReferences!.Single().Name.ShouldBe("two-second");
        await DeleteAsync("two-second", "Background");
        await GoneAsync("two-child");
    }

    [Fact]
    public async Task Foreground_deletion_waits_for_dependents_that_block_it()
    {
        ConfigMap owner = await CreateAsync("fore-owner");
        ConfigMap child = await CreateAsync("fore-child", ["test/hold"], Reference(owner) with { BlockOwnerDeletion = true });
        await CreateAsync("fore-grandchild", Reference(child) with { BlockOwnerDeletion = true });
        await DeleteAsync("fore-owner", "Foreground");
        await Until.Async(() => ConfigMaps.GetAsync("fore-child", CancellationToken.None), static found => found.IsTerminating());
        (await ConfigMaps.GetAsync("fore-owner", TestContext.Current.CancellationToken)).Metadata.Finalizers.ShouldBe(["foregroundDeletion"]);
        await GoneAsync("fore-grandchild");
        await Until.Async(() => ConfigMaps.GetAsync("fore-child", CancellationToken.None), static found => found.Metadata.Finalizers!.SequenceEqual(["test/hold"]));
        await ConfigMaps.PatchAsync("fore-child", Kube.Patching.Patch.Merge("""{"metadata":{"finalizers":null}}"""u8), TestContext.Current.CancellationToken);
        await GoneAsync("fore-child");
        await GoneAsync("fore-owner");
    }

    [Fact]
    public async Task Orphans_lose_their_owner_and_stay()
    {
        ConfigMap owner = await CreateAsync("orphan-owner");
        await CreateAsync("orphan-child", Reference(owner));
        await DeleteAsync("orphan-owner", "Orphan");
        await GoneAsync("orphan-owner");
        (await ConfigMaps.GetAsync("orphan-child", TestContext.Current.CancellationToken)).Metadata.OwnerReferences.ShouldBeNull();
    }

    [Fact]
    public async Task Custom_resources_own_and_are_owned()
    {
        using RawClient raw = new(cluster.Cluster.Connection, TimeProvider.System);
        await DefineWidgetsAsync(raw);
        string uid = await CreateWidgetAsync(raw, "default", """{"name":"owner"}""");
        await CreateAsync("widget-child", new OwnerReference { ApiVersion = "agentoperator.dev/v1", Kind = "Widget", Name = "owner", Uid = uid });
        ConfigMap root = await CreateAsync("widget-root");
        await CreateWidgetAsync(raw, "default", $$"""{"name":"owned","ownerReferences":[{"apiVersion":"v1","kind":"ConfigMap","name":"widget-root","uid":"{{root.Metadata.Uid}}"}]}""");

        await raw.SendAsync(HttpMethod.Delete, "/apis/agentoperator.dev/v1/namespaces/default/widgets/owner", RawClient.Json, null, TestContext.Current.CancellationToken);
        await GoneAsync("widget-child");
        await DeleteAsync("widget-root", "Background");
        await Until.Async(() => raw.FindAsync("/apis/agentoperator.dev/v1/namespaces/default/widgets/owned", RawClient.Json, CancellationToken.None), static found => found is null);
    }

    [Fact]
    public async Task A_deleted_namespace_is_emptied_and_goes()
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        using RawClient raw = new(cluster.Cluster.Connection, TimeProvider.System);
        await DefineWidgetsAsync(raw);
        ResourceClient<Namespace> namespaces = cluster.Client.Resource<Namespace>();
        await namespaces.CreateAsync(new Namespace { Metadata = new ObjectMeta { Name = "leaving" } }, cancellation);
        await Until.Async(
            () => cluster.Client.Resource<ConfigMap>("leaving").FindAsync("kube-root-ca.crt", CancellationToken.None),
            found => found?.Data?["ca.crt"] == cluster.Cluster.Connection.CertificateAuthorityPem);
        await CreateWidgetAsync(raw, "leaving", """{"name":"widget","finalizers":["test/hold"]}""");
        Pod pod = new()
        {
            Metadata = new ObjectMeta { Name = "runs", Namespace = "leaving" },
            Spec = new PodSpec { TerminationGracePeriodSeconds = 1, Containers = [new Container { Name = "main", Image = "shell", Args = ["exec sleep 1000"] }] },
        };
        await cluster.Client.Resource<Pod>("leaving").CreateAsync(pod, cancellation);
        await Until.Async(() => cluster.Client.Resource<Pod>("leaving").GetAsync("runs", CancellationToken.None), static found => found.Status?.Phase == PodPhase.Running);

        await namespaces.DeleteAsync("leaving", new DeleteOptions(), cancellation);
        await Until.Async(() => cluster.Client.Resource<Pod>("leaving").FindAsync("runs", CancellationToken.None), static found => found is null);
        (await namespaces.GetAsync("leaving", cancellation)).Status!.Phase.ShouldBe("Terminating");
        using ByteArrayContent release = RawClient.Content("""{"metadata":{"finalizers":null}}"""u8, "application/merge-patch+json");
        await raw.SendAsync(HttpMethod.Patch, "/apis/agentoperator.dev/v1/namespaces/leaving/widgets/widget", RawClient.Json, release, cancellation);
        await Until.Async(() => namespaces.FindAsync("leaving", CancellationToken.None), static found => found is null);
    }

    private static OwnerReference Reference(ConfigMap owner) => Reference(owner.Metadata.Name!, owner.Metadata.Uid!);

    private static OwnerReference Reference(string name, string uid) => new() { ApiVersion = "v1", Kind = "ConfigMap", Name = name, Uid = uid };

    private static async Task DefineWidgetsAsync(RawClient raw)
    {
        await Gate.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            using ByteArrayContent definition = new(Encoding.UTF8.GetBytes(Widgets)) { Headers = { ContentType = new MediaTypeHeaderValue("application/apply-patch+yaml") } };
            await raw.SendAsync(
                HttpMethod.Patch,
                "/apis/apiextensions.k8s.io/v1/customresourcedefinitions/widgets.agentoperator.dev?fieldManager=test&force=true",
                RawClient.Json,
                definition,
                TestContext.Current.CancellationToken);
            await Until.Async(() => raw.FindAsync("/apis/agentoperator.dev/v1/widgets", RawClient.Json, CancellationToken.None), static found => found is not null);
        }
        finally
        {
            Gate.Release();
        }
    }

    private static async Task<string> CreateWidgetAsync(RawClient raw, string ns, string metadata)
    {
        using ByteArrayContent body = RawClient.Content(Encoding.UTF8.GetBytes($$"""{"apiVersion":"agentoperator.dev/v1","kind":"Widget","metadata":{{metadata}}}"""), RawClient.Json);
        byte[] created = await raw.SendAsync(HttpMethod.Post, $"/apis/agentoperator.dev/v1/namespaces/{ns}/widgets", RawClient.Json, body, TestContext.Current.CancellationToken);
        using System.Text.Json.JsonDocument document = System.Text.Json.JsonDocument.Parse(created);
        return document.RootElement.GetProperty("metadata").GetProperty("uid").GetString()!;
    }

    private Task<ConfigMap> CreateAsync(string name, params OwnerReference[] owners) => CreateAsync(name, [], owners);

    private Task<ConfigMap> CreateAsync(string name, string[] finalizers, params OwnerReference[] owners) => ConfigMaps.CreateAsync(
        new ConfigMap { Metadata = new ObjectMeta { Name = name, Namespace = "default", Finalizers = finalizers, OwnerReferences = owners } }, TestContext.Current.CancellationToken);

    private async Task DeleteAsync(string name, string policy) =>
        (await ConfigMaps.DeleteAsync(name, new DeleteOptions { PropagationPolicy = policy }, TestContext.Current.CancellationToken)).ShouldBeTrue();

    private async Task GoneAsync(string name) => await Until.Async(() => ConfigMaps.FindAsync(name, CancellationToken.None), static found => found is null);
}
