using AgentOperator.Workflows.Items;
using FsCheck;
using FsCheck.Fluent;

namespace AgentOperator.Tests.Workflows.Items;

public sealed class IndexRangesTests
{
    private static readonly Gen<int[]> Sets = Gen.Choose(0, 40).ArrayOf();

    [Theory]
    [InlineData("", "")]
    [InlineData("3", "3")]
    [InlineData("0-1", "0,1")]
    [InlineData("0-2,4,6,7", "0-2,4,6,7")]
    [InlineData("7,1,2,3", "1-3,7")]
    [InlineData("0-9999", "0-9999")]
    public void A_text_is_read_and_written_as_kubernetes_does(string text, string written) => IndexRanges.Parse(text).ToString().ShouldBe(written);

    [Theory]
    [InlineData("a")]
    [InlineData("-1")]
    [InlineData("3-1")]
    [InlineData("1,")]
    [InlineData("1 ,2")]
    [InlineData("99999999999")]
    public void What_is_no_list_of_ranges_is_refused(string text) => Should.Throw<FormatException>(() => IndexRanges.Parse(text)).Message.ShouldContain(text);

    [Fact]
    public void It_is_a_set() => Prop.ForAll(Arb.From(Sets), Arb.From(Sets), static (one, other) =>
    {
        IndexRanges left = IndexRanges.Of(one);
        IndexRanges right = IndexRanges.Of(other);

        left.ShouldBe(one.Distinct().Order());
        left.Count.ShouldBe(one.Distinct().Count());
        left.Union(right).ShouldBe(one.Union(other).Order());
        left.Except(right).ShouldBe(one.Except(other).Order());
        left.Intersect(right).ShouldBe(one.Intersect(other).Order());
        one.Concat(other).ShouldAllBe(place => left.Contains(place) == one.Contains(place));
        IndexRanges.Parse(left.ToString()).ShouldBe(left);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Indexes_of_a_job_are_ranks_in_the_set_that_it_works_on() => Prop.ForAll(Arb.From(Sets), Arb.From(Sets), static (places, indexes) =>
    {
        IndexRanges set = IndexRanges.Of(places);
        int[] inOrder = [.. places.Distinct().Order()];

        set.At(IndexRanges.Of(indexes)).ShouldBe(indexes.Where(index => index < inOrder.Length).Select(index => inOrder[index]).Distinct().Order());
        indexes.ShouldAllBe(index => set.At(index) == (index < inOrder.Length ? inOrder[index] : null));
    }).QuickCheckThrowOnFailure();
}
