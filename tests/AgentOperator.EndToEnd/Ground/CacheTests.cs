using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using AgentOperator.Controllers.Caching;
using AgentOperator.Controllers.Events;
using AgentOperator.Kube;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Core;
using AgentOperator.Kube.Models.Events;
using Microsoft.Extensions.Logging.Abstractions;

namespace AgentOperator.EndToEnd.Ground;

public sealed partial class CacheTests(ClusterFixture cluster)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_namespaces_are_followed_in_one_store_and_a_third_is_not()
    {
        using TestNamespace one = await cluster.NamespaceAsync();
        using TestNamespace two = await cluster.NamespaceAsync();
        using TestNamespace three = await cluster.NamespaceAsync();
        ObjectStore<Secret> store = new();
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        Reflector<Secret>[] reflectors = [Reflect(one, store), Reflect(two, store)];
        Task run = Task.WhenAll(reflectors.Select(reflector => reflector.RunAsync(stop.Token)));
        await Task.WhenAll(reflectors.Select(static reflector => reflector.Synced)).WaitAsync(Stop);

        await CreateAsync(three);
        foreach (TestNamespace ns in (TestNamespace[])[one, two])
        {
            Secret secret = await CreateAsync(ns);
            await store.SeenAsync(secret.Metadata.ResourceVersion!, ns.Name, Stop);
        }

        store.All.Select(static secret => secret.Key()).ShouldBe([new ObjectKey(one.Name, "s"), new ObjectKey(two.Name, "s")], ignoreOrder: true);
        await stop.CancelAsync();
        await run;
    }

    [Fact]
    public async Task Metadata_alone_is_listed_and_watched()
    {
        using TestNamespace ns = await cluster.NamespaceAsync();
        await CreateAsync(ns);
        ObjectStore<SecretName> store = new();
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        Reflector<SecretName> reflector = Reflect(ns, store);
        Task run = reflector.RunAsync(stop.Token);
        await reflector.Synced.WaitAsync(Stop);
        store.Find(new ObjectKey(ns.Name, "s"))!.Unknown.ShouldBeNull();

        Secret second = await CreateAsync(ns, "t");
        await store.SeenAsync(second.Metadata.ResourceVersion!, Stop);

        SecretName seen = store.Find(new ObjectKey(ns.Name, "t"))!;
        (seen.Metadata.Uid, seen.Metadata.Labels!["app"], seen.Unknown).ShouldBe((second.Metadata.Uid, "x", null));
        await stop.CancelAsync();
        await run;
    }

    [Fact]
    public async Task An_object_that_no_longer_matches_the_selector_leaves_the_store_although_it_exists()
    {
        using TestNamespace ns = await cluster.NamespaceAsync();
        await CreateAsync(ns);
        ObjectStore<Secret> store = new();
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        Reflector<Secret> reflector = Reflect(ns, store, "app=x");
        Task run = reflector.RunAsync(stop.Token);
        await reflector.Synced.WaitAsync(Stop);
        store.Count.ShouldBe(1);

        Secret moved = await ns.Client.Resource<Secret>(ns.Name).PatchAsync("s", Kube.Patching.Patch.Merge("""{"metadata":{"labels":{"app":"y"}}}"""u8), Stop);
        await store.SeenAsync(moved.Metadata.ResourceVersion!, Stop);

        store.Count.ShouldBe(0);
        (await ns.Client.Resource<Secret>(ns.Name).FindAsync("s", Stop)).ShouldNotBeNull();
        await stop.CancelAsync();
        await run;
    }

    [Fact]
    public async Task Events_are_shown_by_kubectl_with_their_count()
    {
        using TestNamespace ns = await cluster.NamespaceAsync();
        Secret secret = await CreateAsync(ns);
        using EventRecorder recorder = new(ns.Client, "agentoperator.dev/test", "e2e", TimeProvider.System, NullLogger<EventRecorder>.Instance);

        for (int i = 0; i < 7; i++)
        {
            recorder.Record(secret, EventTypes.Warning, "StepFailed", "RunStep", "step build failed: exit code 3");
        }

        recorder.Record(secret, EventTypes.Normal, "StepStarted", "RunStep", "step test started");
        await recorder.FlushAsync(TimeSpan.FromMinutes(1));

        IReadOnlyList<Event> events = (await ns.Client.Resource<Event>(ns.Name).ListAsync(new ListOptions(), Stop)).Items;
        events.Select(static what => (what.Reason, what.Series?.Count)).ShouldBe([("StepFailed", 7), ("StepStarted", null)], ignoreOrder: true);
        string shown = await cluster.Kubectl.RunAsync(Stop, "events", "--for", "secret/s", "--namespace", ns.Name);
        shown.ShouldContain("step build failed: exit code 3");
    }

    private static Task<Secret> CreateAsync(TestNamespace ns, string name = "s") => ns.Client.Resource<Secret>(ns.Name).CreateAsync(
        new Secret { Metadata = new ObjectMeta { Name = name, Namespace = ns.Name, Labels = new Dictionary<string, string> { ["app"] = "x" } } }, Stop);

    private static Reflector<T> Reflect<T>(TestNamespace ns, ObjectStore<T> store, string? labels = null)
        where T : class, IKubernetesObject<T> =>
        new(new ApiObjectSource<T>(ns.Client.Resource<T>(ns.Name), labels), store, TimeProvider.System, new Random(), NullLogger<Reflector<T>>.Instance);

    /// <summary>That there is a Secret; what else the server would send lands in <see cref="Unknown"/>.</summary>
    internal sealed record SecretName : KubernetesObject<SecretName>, IKubernetesObject<SecretName>
    {
        public static ResourceDefinition Resource => Secret.Resource;

        public static JsonTypeInfo<SecretName> JsonTypeInfo => Context.Default.SecretName;

        public static bool IsMetadataOnly => true;

        /// <summary>Every Secret has a type; its presence would mean that the whole was sent.</summary>
        [JsonPropertyName("type")]
        public string? Unknown { get; init; }
    }

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, GenerationMode = JsonSourceGenerationMode.Metadata)]
    [JsonSerializable(typeof(SecretName))]
    private sealed partial class Context : JsonSerializerContext;
}
