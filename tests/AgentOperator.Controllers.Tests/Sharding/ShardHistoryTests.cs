using AgentOperator.Controllers.Sharding;
using FsCheck;
using FsCheck.Fluent;

namespace AgentOperator.Controllers.Tests.Sharding;

/// <summary>Generated lives of replicas: they join, leave, crash, sleep for longer than a lease, have clocks of their own speed, and their requests are lost, late, or answered too late.</summary>
public sealed class ShardHistoryTests
{
    /// <summary>Seconds after which all must be in order again: two leases, and some rounds.</summary>
    private const int Enough = 60;

    private static readonly Gen<int> Any = Gen.Choose(0, 99);

    private static readonly Gen<ShardStep> Step = Gen.Frequency(
        (4, Gen.Choose(-15, 15).Select(static rate => (ShardStep)new ShardStep.Join(rate))),
        (12, Any.Select(static node => (ShardStep)new ShardStep.Tick(node))),
        (1, Any.Select(static node => (ShardStep)new ShardStep.Leave(node))),
        (1, Any.Select(static node => (ShardStep)new ShardStep.Crash(node))),
        (4, Any.SelectMany(static _ => Gen.Choose(0, Slots.Count - 1), static (node, slot) => (ShardStep)new ShardStep.Begin(node, slot))),
        (3, Any.Select(static node => (ShardStep)new ShardStep.EndWork(node))),
        (6, Gen.OneOf(Gen.Choose(1, 3_000), Gen.Choose(9_000, 18_000)).Select(static time => (ShardStep)new ShardStep.Pass(time))),
        (30, Any.Select(static which => (ShardStep)new ShardStep.Answer(which))),
        (4, Any.Select(static which => (ShardStep)new ShardStep.Apply(which))),
        (3, Any.Select(static which => (ShardStep)new ShardStep.GiveUp(which))),
        (6, Gen.Choose(1, 20).Select(static seconds => (ShardStep)new ShardStep.Calm(seconds))));

    private static readonly Gen<ShardStep> DeletedMaps = Gen.Frequency((12, Step), (1, Gen.Constant<ShardStep>(new ShardStep.DeleteMap())));

    private static readonly Gen<ShardStep> DeletedMembers = Gen.Frequency((12, Step), (1, Any.Select(static node => (ShardStep)new ShardStep.DeleteMember(node))));

    [Fact]
    public void No_slot_ever_has_two_who_may_write_and_every_slot_gets_one_when_things_are_calm() =>
        Prop.ForAll(Arb.From(Step.ArrayOf(), Shorter), Run).Check(Config.QuickThrowOnFailure.WithMaxTest(400).WithEndSize(150));

    /// <summary>Not both at once: with its Lease gone as well, nothing is left that could tell of a member.</summary>
    [Fact]
    public void The_same_holds_when_people_delete_the_map_or_members_leases_in_between() =>
        Prop.ForAll(Arb.From(Gen.OneOf(DeletedMaps.ArrayOf(), DeletedMembers.ArrayOf()), Shorter), Run).Check(Config.QuickThrowOnFailure.WithMaxTest(300).WithEndSize(120));

    [Fact]
    public void Three_replicas_have_a_third_each_and_a_fourth_takes_its_part_from_all()
    {
        ShardHistory history = Calm(3);
        history.Alive.Select(static node => node.Claims.Count).Order().ShouldBe([85, 85, 86]);

        history.Do(new ShardStep.Join(0));
        history.BeCalm(10, endWork: true);

        history.Alive.Select(static node => node.Claims.Count).ShouldAllBe(static count => count == 64);
    }

    [Fact]
    public void A_slot_is_handed_over_only_after_the_work_there_has_ended()
    {
        ShardHistory history = Calm(1);
        ShardNode first = history.Alive[0];
        first.Begin(255);
        history.Do(new ShardStep.Join(0));
        history.BeCalm(10, endWork: false);

        first.Claims.MayWrite(255).ShouldBeTrue();
        first.Claims.TryEnter(255).ShouldBeNull();
        first.EndWork();
        history.BeCalm(5, endWork: false);

        first.Claims.MayWrite(255).ShouldBeFalse();
        history.Alive[1].Claims.MayWrite(255).ShouldBeTrue();
    }

    [Fact]
    public void A_dead_members_slots_are_taken_when_its_lease_has_run_out_and_not_before()
    {
        ShardHistory history = Calm(2);
        history.Do(new ShardStep.Crash(0));

        history.BeCalm(14, endWork: false);
        history.Alive.Single().Claims.Count.ShouldBe(128);
        history.BeCalm(3, endWork: false);

        history.Alive.Single().Claims.Count.ShouldBe(Slots.Count);
    }

    [Fact]
    public void A_member_that_leaves_has_successors_at_once()
    {
        ShardHistory history = Calm(2);
        history.Do(new ShardStep.Leave(1));

        history.BeCalm(3, endWork: false);

        history.Alive.Single().Claims.Count.ShouldBe(Slots.Count);
    }

    [Fact]
    public void A_member_that_slept_for_longer_than_its_claim_may_not_write_until_it_has_renewed_it()
    {
        ShardHistory history = Calm(1);
        history.Do(new ShardStep.Pass(10_000));
        history.OwnersOf(7).ShouldBe(0);

        history.BeCalm(1, endWork: false);

        history.OwnersOf(7).ShouldBe(1);
    }

    private static ShardHistory Calm(int nodes)
    {
        SynchronizationContext.SetSynchronizationContext(null);
        ShardHistory history = new();
        for (int i = 0; i < nodes; i++)
        {
            history.Do(new ShardStep.Join(0));
        }

        history.BeCalm(Enough, endWork: true);
        return history;
    }

    private static void Run(ShardStep[] steps)
    {
        // Continuations run where a request is answered: a history is the same each time.
        SynchronizationContext.SetSynchronizationContext(null);
        ShardHistory history = new();
        foreach (ShardStep step in steps)
        {
            history.Do(step);
        }

        history.Do(new ShardStep.Join(0));
        history.BeCalm(Enough, endWork: true);
        int[] parts = [.. history.Alive.Select(static node => node.Claims.Count)];
        Enumerable.Range(0, Slots.Count).Where(slot => history.OwnersOf(slot) != 1).ShouldBeEmpty();
        (parts.Max() - parts.Min()).ShouldBeLessThanOrEqualTo(1);
    }

    private static IEnumerable<ShardStep[]> Shorter(ShardStep[] steps) => steps.Select((_, left) => steps.Where((_, index) => index != left).ToArray());
}
