using AgentOperator.Controllers.Sharding;
using AgentOperator.Kube.Models;

namespace AgentOperator.Controllers.Tests.Sharding;

public sealed class SlotsTests
{
    [Fact]
    public void Names_that_count_up_spread_evenly()
    {
        int[] counts = new int[4];
        for (int i = 0; i < 4_000; i++)
        {
            counts[Slots.Of(new ObjectKey("team", $"w{i}")) / 64]++;
        }

        counts.ShouldAllBe(static count => count > 850 && count < 1_150);
    }

    /// <summary>Replicas of two versions work side by side while the operator is upgraded: this must not change.</summary>
    [Theory]
    [InlineData("default", "demo", 39)]
    [InlineData("default", "demo-2", 240)]
    [InlineData("team-a", "deploy-checkout", 102)]
    [InlineData(null, "cluster-wide", 212)]
    public void A_slot_stays_what_it_is(string? ns, string name, int slot) => Slots.Of(new ObjectKey(ns, name)).ShouldBe(slot);

    [Theory]
    [InlineData("", new int[0])]
    [InlineData("7", new[] { 7 })]
    [InlineData("0-2,9,200-201", new[] { 0, 1, 2, 9, 200, 201 })]
    public void Slots_are_written_as_ranges(string text, int[] slots)
    {
        SlotRanges.Format(slots).ShouldBe(text);
        SlotRanges.Parse(text).ShouldBe(slots);
    }

    [Theory]
    [InlineData("256")]
    [InlineData("a")]
    [InlineData("3-")]
    public void What_is_no_slot_is_refused(string text) => Should.Throw<FormatException>(() => SlotRanges.Parse(text).ToArray());
}
