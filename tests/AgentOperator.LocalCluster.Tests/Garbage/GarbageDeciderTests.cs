using AgentOperator.Kube.Models;
using AgentOperator.Local.Garbage;

namespace AgentOperator.Local.Tests.Garbage;

public sealed class GarbageDeciderTests
{
    [Theory]
    [InlineData(GarbageAction.Keep, false)]
    [InlineData(GarbageAction.Keep, false, OwnerStanding.Solid)]
    [InlineData(GarbageAction.Delete, false, OwnerStanding.Absent)]
    [InlineData(GarbageAction.Delete, true, OwnerStanding.Absent)]
    [InlineData(GarbageAction.Disown, false, OwnerStanding.Absent, OwnerStanding.Solid)]
    [InlineData(GarbageAction.Disown, true, OwnerStanding.Waiting, OwnerStanding.Solid)]
    [InlineData(GarbageAction.Delete, false, OwnerStanding.Waiting)]
    [InlineData(GarbageAction.DeleteForeground, true, OwnerStanding.Waiting)]
    internal void What_becomes_of_a_dependent(GarbageAction action, bool hasDependents, params OwnerStanding[] owners) =>
        GarbageDecider.Decide(owners, hasDependents).ShouldBe(action);

    [Fact]
    public void An_object_goes_by_the_policy_of_its_finalizers()
    {
        GarbageDecider.Policy(With("orphan", "foregroundDeletion")).ShouldBe("Orphan");
        GarbageDecider.Policy(With("foregroundDeletion")).ShouldBe("Foreground");
        GarbageDecider.Policy(With("somebody/else")).ShouldBe("Background");
    }

    [Fact]
    public void The_line_of_a_watch_that_is_an_error_has_its_status() =>
        MetadataSource.Parse("""{"type":"ERROR","object":{"kind":"Status","apiVersion":"v1","code":410,"reason":"Expired"}}""").Status!.Code.ShouldBe(410);

    private static MetadataObject With(params string[] finalizers) => new() { Metadata = new ObjectMeta { Finalizers = finalizers } };
}
