using System.Text.Json;
using AgentOperator.AgentRuntime.Prompts;

namespace AgentOperator.AgentRuntime.Tests.Prompts;

public sealed class TemplateTextTests
{
    [Theory]
    [InlineData("Hello {{name}}!", """{"name":"Ada"}""", "Hello Ada!")]
    [InlineData("{{ n }} of {{list}}", """{"n":3,"list":[1,"a"]}""", """3 of [1,"a"]""")]
    [InlineData("{{missing}}.", "{}", ".")]
    [InlineData("{{{{name}}", """{"name":"Ada"}""", "{{name}}")]
    [InlineData("{{name}}", """{"name":"{{other}}","other":"secret"}""", "{{other}}")]
    [InlineData("{{name}} {{other}}", """{"name":"{{","other":"}}"}""", "{{ }}")]
    [InlineData("no { braces } }}", "{}", "no { braces } }}")]
    public void Renders_values_in_one_pass(string template, string input, string expected) =>
        TemplateText.Parse(template).Render(JsonElement.Parse(input)).ShouldBe(expected);

    [Theory]
    [InlineData("{{two words}}")]
    [InlineData("{{open")]
    [InlineData("{{}}")]
    public void Says_what_is_no_variable(string template) =>
        Should.Throw<FormatException>(() => TemplateText.Parse(template)).Message.ShouldContain("{{{{");

    [Fact]
    public void A_literal_keeps_its_braces() => TemplateText.Literal("{{name}}").Render(JsonElement.Parse("""{"name":"x"}""")).ShouldBe("{{name}}");
}
