using AgentOperator.Configuration;

namespace AgentOperator.Tests.Configuration;

public sealed class BindAddressTests
{
    [Theory]
    [InlineData(":8080", ":8080")]
    [InlineData("127.0.0.1:8080", "127.0.0.1:8080")]
    [InlineData("[::1]:8080", "[::1]:8080")]
    [InlineData("fd00::7:8080", "[fd00::7]:8080")]
    [InlineData(":0", ":0")]
    public void Addresses_are_read(string text, string meaning) => BindAddress.Parse(text)!.ToString().ShouldBe(meaning);

    [Fact]
    public void Zero_is_no_server() => BindAddress.Parse("0").ShouldBeNull();

    [Theory]
    [InlineData("")]
    [InlineData("8080")]
    [InlineData(":")]
    [InlineData(":65536")]
    [InlineData(":-1")]
    [InlineData("localhost:8080")]
    [InlineData("http://127.0.0.1:8080")]
    public void Anything_else_is_refused_with_what_to_write(string text) =>
        Should.Throw<FormatException>(() => BindAddress.Parse(text)).Message.ShouldContain("\":PORT\"");
}
