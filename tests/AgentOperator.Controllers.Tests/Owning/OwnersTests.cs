using AgentOperator.Controllers.Owning;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Core;
using static AgentOperator.Controllers.Tests.Fixtures.Maps;

namespace AgentOperator.Controllers.Tests.Owning;

public sealed class OwnersTests
{
    [Fact]
    public void The_one_controller_is_named_with_its_uid_and_holds_its_foreground_deletion_up() =>
        Owners.Controlling(Map("a", "1"), "ns")
            .ShouldBe(new OwnerReference { ApiVersion = "v1", Kind = "ConfigMap", Name = "a", Uid = "u-a", Controller = true, BlockOwnerDeletion = true });

    [Theory]
    [InlineData("other")]
    [InlineData(null)]
    public void An_owner_in_another_namespace_is_refused(string? childNamespace) =>
        Should.Throw<InvalidOperationException>(() => Owners.Controlling(Map("a", "1"), childNamespace)).Message.ShouldContain("ns/a");

    [Theory]
    [InlineData("any")]
    [InlineData(null)]
    public void An_owner_of_the_cluster_owns_everywhere(string? childNamespace) =>
        Owners.Controlling(new Node { Metadata = new ObjectMeta { Name = "n", Uid = "u" } }, childNamespace).Kind.ShouldBe("Node");

    [Fact]
    public void An_owner_that_was_not_read_from_the_server_is_refused() =>
        Should.Throw<InvalidOperationException>(() => Owners.Controlling(new ConfigMap { Metadata = new ObjectMeta { Name = "a", Namespace = "ns" } }, "ns")).Message.ShouldContain("uid");
}
