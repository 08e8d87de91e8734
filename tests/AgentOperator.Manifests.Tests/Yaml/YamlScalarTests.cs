using AgentOperator.Manifests.Yaml;

namespace AgentOperator.Manifests.Tests.Yaml;

public sealed class YamlScalarTests
{
    [Theory]
    [InlineData("string")]
    [InlineData(".status.phase")]
    [InlineData("x-kubernetes-list-type")]
    [InlineData("a step's name {is} [plain], with#hash and a:colon")]
    [InlineData("^[a-z]$")]
    [InlineData("v1:sha256:…")]
    public void BareWhereNoReaderCanMistakeIt(string text) => YamlScalar.Write(text).ShouldBe(text);

    [Theory]
    [InlineData("y")]
    [InlineData("No")]
    [InlineData("ON")]
    [InlineData("off")]
    [InlineData("True")]
    [InlineData("null")]
    [InlineData("~")]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("0x1F")]
    [InlineData("1e3")]
    [InlineData("12:30:45")]
    [InlineData("2001-12-14")]
    [InlineData(".inf")]
    [InlineData(".5")]
    [InlineData("-1")]
    [InlineData("+1")]
    [InlineData("<<")]
    [InlineData("=")]
    [InlineData("a: b")]
    [InlineData("a #b")]
    [InlineData("a:")]
    [InlineData(" a")]
    [InlineData("a ")]
    [InlineData("- a")]
    [InlineData("!a")]
    [InlineData("&a")]
    [InlineData("*a")]
    [InlineData("[a")]
    [InlineData("{a")]
    [InlineData("@a")]
    [InlineData("`a")]
    [InlineData("%a")]
    [InlineData("|")]
    [InlineData(">")]
    [InlineData("?a")]
    [InlineData("\"a")]
    public void QuotedWhereSomeReaderWould(string text) => YamlScalar.Write(text).ShouldBe($"'{text}'");

    [Fact]
    public void QuotesInsideAreDoubled() => YamlScalar.Write("'a'").ShouldBe("'''a'''");

    [Fact]
    public void ControlCharactersAreEscaped() => YamlScalar.Write("a\n\tb").ShouldBe("\"a\\n\\tb\"");
}
