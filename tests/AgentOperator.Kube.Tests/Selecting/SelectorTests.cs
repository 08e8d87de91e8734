using AgentOperator.Kube.Models;
using AgentOperator.Kube.Selecting;

namespace AgentOperator.Kube.Tests.Selecting;

public sealed class SelectorTests
{
    [Fact]
    public void A_label_selector_is_written_in_the_grammar_of_queries()
    {
        LabelSelector selector = new()
        {
            MatchLabels = new Dictionary<string, string> { ["app"] = "x" },
            MatchExpressions =
            [
                new() { Key = "tier", Operator = "In", Values = ["a", "b"] },
                new() { Key = "zone", Operator = "NotIn", Values = ["c"] },
                new() { Key = "agentoperator.dev/run", Operator = "Exists" },
                new() { Key = "legacy", Operator = "DoesNotExist" },
            ],
        };

        Selector.Labels(selector).ShouldBe("app=x,tier in (a,b),zone notin (c),agentoperator.dev/run,!legacy");
    }

    [Fact]
    public void An_empty_selector_selects_everything() => Selector.Labels(new LabelSelector()).ShouldBe("");

    [Theory]
    [InlineData("In", 0)]
    [InlineData("NotIn", 0)]
    [InlineData("Exists", 1)]
    [InlineData("DoesNotExist", 1)]
    [InlineData("Gt", 1)]
    public void What_the_server_would_refuse_or_misread_is_refused(string op, int values)
    {
        LabelSelector selector = new() { MatchExpressions = [new() { Key = "tier", Operator = op, Values = [.. Enumerable.Repeat("a", values)] }] };

        Should.Throw<ArgumentException>(() => Selector.Labels(selector)).Message.ShouldContain("tier");
    }

    [Fact]
    public void Values_of_a_field_selector_are_escaped() =>
        Selector.Fields(("metadata.name", "plain"), ("spec.odd", @"a,b=c\d")).ShouldBe(@"metadata.name=plain,spec.odd=a\,b\=c\\d");
}
