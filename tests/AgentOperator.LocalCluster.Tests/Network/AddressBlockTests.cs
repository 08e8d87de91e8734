using AgentOperator.Local.Network;

namespace AgentOperator.Local.Tests.Network;

public sealed class AddressBlockTests
{
    [Fact]
    public void Two_clusters_that_prefer_the_same_block_share_no_address()
    {
        using AddressBlock one = AddressBlock.Claim(4711);
        using AddressBlock two = AddressBlock.Claim(4711);
        Network(one.NextPod()).ShouldNotBe(Network(two.NextPod()));
        Network(one.NextService()).ShouldBe(Network(one.NextPod()));
    }

    [Fact]
    public void A_block_is_free_again_once_its_cluster_is_gone()
    {
        // Clusters of other tests claim blocks at the same time: one of a few must come back.
        Enumerable.Range(0, 10).ShouldContain(i => Claimed(4000 + i) == Claimed(4000 + i));
    }

    [Fact]
    public void Pods_and_services_never_meet()
    {
        using AddressBlock block = AddressBlock.Claim(11);
        HashSet<string> pods = [.. Enumerable.Range(0, 40_000).Select(_ => block.NextPod())];
        HashSet<string> services = [.. Enumerable.Range(0, 40_000).Select(_ => block.NextService())];
        pods.Count.ShouldBe(0x7FFF);
        services.Count.ShouldBe(0x8000);
        pods.Overlaps(services).ShouldBeFalse();
        pods.ShouldNotContain(address => address.EndsWith(".0.0", StringComparison.Ordinal));
    }

    private static string Claimed(int preferred)
    {
        using AddressBlock block = AddressBlock.Claim(preferred);
        return Network(block.NextPod());
    }

    private static string Network(string address) => string.Join('.', address.Split('.').Take(2));
}
