using AgentOperator.Local.Node;

namespace AgentOperator.Local.Tests.Node;

public sealed class VariableExpansionTests
{
    private static readonly Dictionary<string, string> Variables = new()
    {
        ["VAR_A"] = "A",
        ["VAR_B"] = "B",
        ["VAR_REF"] = "$(VAR_A)",
        ["VAR_EMPTY"] = "",
    };

    /// <summary>The kubelet's own table (k8s.io/kubernetes/third_party/forked/golang/expansion).</summary>
    [Theory]
    [InlineData("$(VAR_A)", "A")]
    [InlineData("___$(VAR_B)___", "___B___")]
    [InlineData("$(VAR_A)$(VAR_B)", "AB")]
    [InlineData("$(VAR_REF)", "$(VAR_A)")]
    [InlineData("foo-$(VAR_EMPTY)-bar", "foo--bar")]
    [InlineData("$(MISSING)", "$(MISSING)")]
    [InlineData("$$(VAR_A)", "$(VAR_A)")]
    [InlineData("$$$(VAR_A)", "$A")]
    [InlineData("$$$$(VAR_A)", "$$(VAR_A)")]
    [InlineData("$VAR_A", "$VAR_A")]
    [InlineData("$(VAR_A", "$(VAR_A")]
    [InlineData("$$(VAR_A", "$(VAR_A")]
    [InlineData("f000-$((VAR_A))", "f000-$((VAR_A))")]
    [InlineData("$()", "$()")]
    [InlineData("$", "$")]
    [InlineData("$$", "$")]
    [InlineData("foo\\$(VAR_A)", "foo\\A")]
    [InlineData("$(VAR_A)$", "A$")]
    [InlineData("", "")]
    public void Variables_expand_as_in_the_kubelet(string input, string expected) => VariableExpansion.Expand(input, Variables).ShouldBe(expected);
}
