using AgentOperator.Controllers.Owning;
using AgentOperator.Kube;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Core;

namespace AgentOperator.EndToEnd.Ground;

public sealed class FinalizerTests(ClusterFixture cluster)
{
    private const string Ours = "agentoperator.dev/cleanup";
    private const string Other = "example.com/other";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_is_stored_and_removed_and_those_of_others_stay()
    {
        using TestNamespace ns = await cluster.NamespaceAsync();
        ResourceClient<ConfigMap> maps = ns.Client.Resource<ConfigMap>(ns.Name);
        ConfigMap map = await CreateAsync(ns, "a", Other);

        ConfigMap stored = (await Finalizers.EnsureAsync(maps, map, Ours, Stop)).ShouldNotBeNull();
        stored.Metadata.Finalizers.ShouldBe([Other, Ours]);
        ConfigMap again = (await Finalizers.EnsureAsync(maps, stored, Ours, Stop)).ShouldNotBeNull();
        again.Metadata.ResourceVersion.ShouldBe(stored.Metadata.ResourceVersion);
        ConfigMap removed = (await Finalizers.RemoveAsync(maps, stored, Ours, Stop)).ShouldNotBeNull();
        removed.Metadata.Finalizers.ShouldBe([Other]);

        await ReleaseAsync(maps, removed);
    }

    [Fact]
    public async Task Several_who_start_from_the_same_old_state_all_get_theirs_and_all_get_rid_of_it()
    {
        using TestNamespace ns = await cluster.NamespaceAsync();
        ResourceClient<ConfigMap> maps = ns.Client.Resource<ConfigMap>(ns.Name);
        ConfigMap map = await CreateAsync(ns, "a");
        string[] names = [.. Enumerable.Range(0, 4).Select(static i => $"{Ours}-{i}")];

        await Task.WhenAll(names.Select(name => Finalizers.EnsureAsync(maps, map, name, Stop)));
        ConfigMap all = await maps.GetAsync("a", Stop);
        all.Metadata.Finalizers.ShouldBe(names, ignoreOrder: true);
        await Task.WhenAll(names.Select(name => Finalizers.RemoveAsync(maps, all, name, Stop)));

        (await maps.GetAsync("a", Stop)).Metadata.Finalizers.ShouldBeNull();
    }

    [Fact]
    public async Task An_object_that_is_being_deleted_gets_none_even_if_the_cache_does_not_know()
    {
        using TestNamespace ns = await cluster.NamespaceAsync();
        ResourceClient<ConfigMap> maps = ns.Client.Resource<ConfigMap>(ns.Name);
        ConfigMap before = await CreateAsync(ns, "a", Other);
        await maps.DeleteAsync("a", new DeleteOptions(), Stop);
        ConfigMap terminating = await maps.GetAsync("a", Stop);

        (await Finalizers.EnsureAsync(maps, before, Ours, Stop)).ShouldBeNull();
        (await Finalizers.EnsureAsync(maps, terminating, Ours, Stop)).ShouldBeNull();
        (await maps.GetAsync("a", Stop)).Metadata.Finalizers.ShouldBe([Other]);

        await ReleaseAsync(maps, terminating);
        (await maps.FindAsync("a", Stop)).ShouldBeNull();
    }

    [Fact]
    public async Task What_is_gone_or_is_another_object_by_now_is_left_alone()
    {
        using TestNamespace ns = await cluster.NamespaceAsync();
        ResourceClient<ConfigMap> maps = ns.Client.Resource<ConfigMap>(ns.Name);
        ConfigMap old = await CreateAsync(ns, "a", Other);
        await ReleaseAsync(maps, old);
        await maps.DeleteAsync("a", new DeleteOptions(), Stop);

        (await Finalizers.EnsureAsync(maps, old, Ours, Stop)).ShouldBeNull();
        (await Finalizers.RemoveAsync(maps, old, Other, Stop)).ShouldBeNull();
        ConfigMap another = await CreateAsync(ns, "a", Other);
        (await Finalizers.EnsureAsync(maps, old, Ours, Stop)).ShouldBeNull();
        (await Finalizers.RemoveAsync(maps, old, Other, Stop)).ShouldBeNull();

        (await maps.GetAsync("a", Stop)).Metadata.Finalizers.ShouldBe([Other]);
        await ReleaseAsync(maps, another);
    }

    private static Task<ConfigMap> CreateAsync(TestNamespace ns, string name, params string[] finalizers) => ns.Client.Resource<ConfigMap>(ns.Name).CreateAsync(
        new ConfigMap { Metadata = new ObjectMeta { Name = name, Namespace = ns.Name, Finalizers = finalizers.Length == 0 ? null : finalizers } }, Stop);

    private static Task<ConfigMap?> ReleaseAsync(ResourceClient<ConfigMap> maps, ConfigMap map) => Finalizers.RemoveAsync(maps, map, Other, Stop);
}
