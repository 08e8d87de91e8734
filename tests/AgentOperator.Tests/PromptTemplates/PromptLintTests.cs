using AgentOperator.Api.PromptTemplates;
using AgentOperator.PromptTemplates.Linting;

namespace AgentOperator.Tests.PromptTemplates;

public sealed class PromptLintTests
{
    private const string Good = """
        {
          "template": {"messages": [{"role": "system", "content": "You review {{repo}}. {{{{ is two braces."}, {"role": "user", "content": "{{ diff }}"}]},
          "inputs": {"type": "object", "properties": {"repo": {"type": "string"}, "diff": {"type": "string"}}, "required": ["repo"]},
          "examples": [{"input": {"repo": "checkout", "diff": "+"}, "output": {"issues": []}}],
          "output": {"type": "object", "properties": {"issues": {"type": "array"}}, "required": ["issues"]}
        }
        """;

    [Fact]
    public void A_good_prompt_has_no_findings() => Lint(Good).ShouldBeEmpty();

    [Fact]
    public void A_variable_that_is_not_declared_is_named_with_its_place() =>
        Lint(Good.Replace("{{ diff }}", "{{ patch }} {{diff}}", StringComparison.Ordinal)).ShouldHaveSingleItem()
            .ShouldBe(new PromptFinding { Severity = "Error", Code = "UnknownVariable", Path = "template.messages[1]", Message = "{{patch}} is not in inputs: declare it under inputs.properties, or correct its name" });

    [Fact]
    public void A_variable_without_any_inputs_is_unknown() =>
        Lint("""{"template":{"messages":[{"role":"user","content":"Hello {{name}}"}]}}""").ShouldHaveSingleItem().Code.ShouldBe(PromptFindingCodes.UnknownVariable);

    [Fact]
    public void An_input_that_no_message_uses_is_a_warning()
    {
        PromptFinding finding = Lint(Good.Replace("{{ diff }}", "the change", StringComparison.Ordinal)).ShouldHaveSingleItem();

        (finding.Severity, finding.Code, finding.Path).ShouldBe(("Warning", "UnusedInput", "inputs.properties.diff"));
    }

    [Theory]
    [InlineData("{{diff", "has no \"}}\"")]
    [InlineData("{{}}", "holds no name")]
    [InlineData("{{ a.b }}", "holds no name")]
    [InlineData("{{#if x}}", "holds no name")]
    public void What_cannot_be_read_between_braces_is_an_error(string text, string expected)
    {
        PromptFinding finding = Lint($$$"""{"template":{"messages":[{"role":"user","content":"{{{text}}}"}]}}""").ShouldHaveSingleItem();

        (finding.Severity, finding.Code).ShouldBe(("Error", "BadTemplate"));
        finding.Message.ShouldContain(expected);
    }

    [Theory]
    [InlineData("inputs")]
    [InlineData("output")]
    public void A_schema_that_is_none_is_an_error(string field)
    {
        IReadOnlyList<PromptFinding> findings = Lint($$$"""{"template":{"messages":[{"role":"user","content":"Hello"}]},"{{{field}}}":{"type":"objekt"}}""");

        findings.ShouldContain(finding => finding.Code == "InvalidSchema" && finding.Path!.StartsWith(field) && finding.Severity == "Error");
    }

    [Fact]
    public void Inputs_are_of_an_object() =>
        Lint("""{"template":{"messages":[{"role":"user","content":"Hello"}]},"inputs":{"type":"string"}}""").ShouldHaveSingleItem().Message.ShouldContain("write type: object");

    [Fact]
    public void Examples_must_keep_both_schemas() =>
        Lint(Good.Replace("""{"input": {"repo": "checkout", "diff": "+"}, "output": {"issues": []}}""", """{"input": {"diff": 1}, "output": {}}""", StringComparison.Ordinal))
            .Select(static finding => finding.Path).Distinct().ShouldBe(["examples[0].input", "examples[0].output"]);

    [Fact]
    public void Without_an_output_schema_an_example_answers_with_text() =>
        Lint("""{"template":{"messages":[{"role":"user","content":"Hello"}]},"examples":[{"input":{},"output":{"a":1}}]}""").ShouldHaveSingleItem().Path.ShouldBe("examples[0].output");

    [Fact]
    public void More_tokens_than_the_window_holds_are_a_warning()
    {
        string text = new('x', 400);

        PromptFinding finding = Lint($$$"""{"template":{"messages":[{"role":"user","content":"{{{text}}}"}]}}""", 99).ShouldHaveSingleItem();

        (finding.Severity, finding.Code).ShouldBe(("Warning", "TooManyTokens"));
        Lint($$$"""{"template":{"messages":[{"role":"user","content":"{{{text}}}"}]}}""", 100).ShouldBeEmpty();
    }

    [Fact]
    public void Four_ASCII_characters_are_a_token_and_each_other_character_is_one()
    {
        PromptTokens.Estimate("abcdefgh").ShouldBe(2);
        PromptTokens.Estimate("日本語").ShouldBe(3);
        PromptTokens.Estimate("").ShouldBe(0);
    }

    private static IReadOnlyList<PromptFinding> Lint(string json, int? window = null) => PromptLint.Of(Prompts.Content(json), window);
}
