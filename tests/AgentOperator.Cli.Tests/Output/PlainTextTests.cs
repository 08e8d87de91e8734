using AgentOperator.Cli.Output;

namespace AgentOperator.Cli.Tests.Output;

/// <summary>What an author writes does not decide how it looks to those who approve it.</summary>
public sealed class PlainTextTests
{
    [Theory]
    [InlineData("ship 1.4.2?", "ship 1.4.2?")]
    [InlineData("größer, 日本, עברית", "größer, 日本, עברית")]
    [InlineData("a\e[2Jb\rc\nd", "a [2Jb c d")]
    [InlineData("a\u009b2Jb", "a 2Jb")]
    [InlineData("to \u202enoitcudorp\u202c", "to  noitcudorp ")]
    [InlineData("\u2066a\u2069\u200f\u061c", " a   ")]
    public void It_is_in_one_line_and_reads_as_it_is_written(string text, string shown) => PlainText.OneLine(text).ShouldBe(shown);
}
