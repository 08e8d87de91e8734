using AgentOperator.Kube.Models.Batch;
using AgentOperator.Local.Jobs;

namespace AgentOperator.Local.Tests.Jobs;

public sealed class IndexRangesTests
{
    [Theory]
    [InlineData("1,3-5,7", 1, 3, 4, 5, 7)]
    [InlineData("0,1", 0, 1)]
    [InlineData("2", 2)]
    public void Sets_are_written_and_read(string text, params int[] indexes)
    {
        IndexRanges.Text(indexes).ShouldBe(text);
        IndexRanges.Parse(text).ShouldBe(indexes);
    }

    [Fact]
    public void The_first_rule_that_is_met_counts()
    {
        SuccessPolicy policy = new() { Rules = [new SuccessPolicyRule { SucceededIndexes = "0-3", SucceededCount = 2 }, new SuccessPolicyRule { SucceededCount = 3 }] };
        SuccessRules.Met(policy, new HashSet<int> { 0, 7 }).ShouldBeNull();
        SuccessRules.Met(policy, new HashSet<int> { 0, 7, 8 }).ShouldBe("Matched rules at index 1");
        SuccessRules.Met(policy, new HashSet<int> { 0, 3 }).ShouldBe("Matched rules at index 0");
    }
}
