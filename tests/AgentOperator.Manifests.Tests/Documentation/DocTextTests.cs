using System.Xml.Linq;
using AgentOperator.Manifests.Documentation;

namespace AgentOperator.Manifests.Tests.Documentation;

public sealed class DocTextTests
{
    [Theory]
    [InlineData("Wait, <c>2s</c>.", "Wait, 2s.")]
    [InlineData("See <see cref=\"T:A.B.Thing\"/>.", "See Thing.")]
    [InlineData("See <see cref=\"P:A.B.Thing.FirstName\"/>.", "See firstName.")]
    [InlineData("See <see cref=\"M:A.B.Thing.Do(System.String)\"/>.", "See Do.")]
    [InlineData("See <see cref=\"T:A.B\">that</see>.", "See that.")]
    [InlineData("<see langword=\"null\"/> is absent.", "null is absent.")]
    [InlineData("One.\n        <para>Two &lt; three.</para>\n", "One. Two < three.")]
    public void ReadsAsPlainText(string summary, string text) => DocText.Plain(XElement.Parse($"<summary>{summary}</summary>")).ShouldBe(text);

    [Fact]
    public void PropertiesAreDescribedByTheirComments() =>
        Fixture.SpecSchema<Described>()["description"]!.GetValue<string>().ShouldBe("What to do.");

    [Fact]
    public void ItemsAreDescribedByTheirType() =>
        Fixture.SpecSchema<Described>()["properties"]!["inner"]!["description"]!.GetValue<string>().ShouldBe("A type of its own.");

    /// <summary>A type of its own.</summary>
    private sealed record Inner;

    private sealed record Described(Inner? Inner);
}
