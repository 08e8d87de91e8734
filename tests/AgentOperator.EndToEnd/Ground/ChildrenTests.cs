using AgentOperator.Controllers.Owning;
using AgentOperator.Kube;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Core;

namespace AgentOperator.EndToEnd.Ground;

public sealed class ChildrenTests(ClusterFixture cluster)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_child_that_is_made_twice_is_there_once()
    {
        using TestNamespace ns = await cluster.NamespaceAsync();
        ConfigMap owner = await CreateAsync(ns, "owner");

        Secret[] made = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Of(ns).EnsureAsync(owner, Child(ns, owner), Stop)));

        made.Select(static child => child.Metadata.Uid).Distinct().Count().ShouldBe(1);
        made[0].ControllerOwner().ShouldBe(new OwnerReference { ApiVersion = "v1", Kind = "ConfigMap", Name = "owner", Uid = owner.Metadata.Uid!, Controller = true, BlockOwnerDeletion = true });
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_strangers_object_under_the_name_is_named_and_not_touched(bool isOwned)
    {
        using TestNamespace ns = await cluster.NamespaceAsync();
        ConfigMap owner = await CreateAsync(ns, "owner");
        ConfigMap stranger = await CreateAsync(ns, "stranger");
        Secret taken = await ns.Client.Resource<Secret>(ns.Name).CreateAsync(Child(ns, isOwned ? stranger : null), Stop);

        NameTakenException error = await Should.ThrowAsync<NameTakenException>(() => Of(ns).EnsureAsync(owner, Child(ns, owner), Stop));

        error.Message.ShouldContain(isOwned ? "ConfigMap stranger" : "nobody");
        (await ns.Client.Resource<Secret>(ns.Name).GetAsync("child", Stop)).Metadata.ResourceVersion.ShouldBe(taken.Metadata.ResourceVersion);
    }

    [Fact]
    public async Task An_orphan_is_adopted_once()
    {
        using TestNamespace ns = await cluster.NamespaceAsync();
        ConfigMap owner = await CreateAsync(ns, "owner");
        ConfigMap second = await CreateAsync(ns, "second");
        Secret orphan = await ns.Client.Resource<Secret>(ns.Name).CreateAsync(Child(ns, null), Stop);

        bool[] adopted = await Task.WhenAll(Of(ns).AdoptAsync(owner, orphan, Stop), Of(ns).AdoptAsync(second, orphan, Stop));

        adopted.Count(static taken => taken).ShouldBe(1);
        Secret child = await ns.Client.Resource<Secret>(ns.Name).GetAsync("child", Stop);
        child.Metadata.OwnerReferences!.Count.ShouldBe(1);
        child.ControllerOwner()!.Name.ShouldBe(adopted[0] ? "owner" : "second");
        (await Of(ns).AdoptAsync(second, child, Stop)).ShouldBeFalse();
    }

    [Fact]
    public async Task An_owner_that_is_another_object_by_now_adopts_nothing()
    {
        using TestNamespace ns = await cluster.NamespaceAsync();
        ConfigMap old = await CreateAsync(ns, "owner");
        await ns.Client.Resource<ConfigMap>(ns.Name).DeleteAsync("owner", new DeleteOptions(), Stop);
        Secret orphan = await ns.Client.Resource<Secret>(ns.Name).CreateAsync(Child(ns, null), Stop);
        (await Of(ns).AdoptAsync(old, orphan, Stop)).ShouldBeFalse();
        await CreateAsync(ns, "owner");

        (await Of(ns).AdoptAsync(old, orphan, Stop)).ShouldBeFalse();

        (await ns.Client.Resource<Secret>(ns.Name).GetAsync("child", Stop)).Metadata.OwnerReferences.ShouldBeNull();
    }

    [Fact]
    public async Task A_child_of_an_owner_that_is_being_deleted_is_deleted_with_it()
    {
        using TestNamespace ns = await cluster.NamespaceAsync();
        ConfigMap owner = await CreateAsync(ns, "owner");
        await Of(ns).EnsureAsync(owner, Child(ns, owner), Stop);

        await ns.Client.Resource<ConfigMap>(ns.Name).DeleteAsync("owner", new DeleteOptions { PropagationPolicy = "Foreground" }, Stop);

        await ns.UntilNoneAsync<Secret>("although their owner was deleted");
    }

    private static Children<ConfigMap, Secret> Of(TestNamespace ns) => new(ns.Client.Resource<ConfigMap>(ns.Name), ns.Client.Resource<Secret>(ns.Name));

    private static Secret Child(TestNamespace ns, ConfigMap? owner) => new()
    {
        Metadata = new ObjectMeta { Name = "child", Namespace = ns.Name, OwnerReferences = owner is null ? null : [Owners.Controlling(owner, ns.Name)] },
    };

    private static Task<ConfigMap> CreateAsync(TestNamespace ns, string name) =>
        ns.Client.Resource<ConfigMap>(ns.Name).CreateAsync(new ConfigMap { Metadata = new ObjectMeta { Name = name, Namespace = ns.Name } }, Stop);
}
