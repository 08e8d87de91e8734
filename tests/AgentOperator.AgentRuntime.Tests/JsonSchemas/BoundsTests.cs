using System.Text.Json;
using AgentOperator.Api.JsonSchemas;

namespace AgentOperator.AgentRuntime.Tests.JsonSchemas;

/// <summary>Neither a schema nor a value, both of which others write, may take the process down or hold it up.</summary>
public sealed class BoundsTests
{
    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = 100_000 };

    [Fact]
    public void A_schema_nested_too_deep_is_refused() =>
        JsonSchema.TryParse(Parse(string.Concat(Enumerable.Repeat("""{"items":""", 5000)) + "{}" + new string('}', 5000)), out IReadOnlyList<SchemaProblem> problems).ShouldBeNull();

    [Fact]
    public void A_value_nested_too_deep_is_a_violation()
    {
        JsonSchema schema = JsonSchema.Parse(Parse("""{"items":{"$ref":"#"}}"""));

        schema.Validate(Parse(new string('[', 5000) + new string(']', 5000))).ShouldHaveSingleItem().Message.ShouldBe("is nested too deep to be checked");
    }

    [Fact]
    public void A_schema_that_doubles_the_work_at_every_step_ends()
    {
        string definitions = string.Join(',', Enumerable.Range(0, 60).Select(static at => $$"""
            "d{{at}}":{"allOf":[{"$ref":"#/$defs/d{{at + 1}}"},{"$ref":"#/$defs/d{{at + 1}}"}]}
            """));
        JsonSchema schema = JsonSchema.Parse(Parse($$"""{"$ref":"#/$defs/d0","$defs":{ {{definitions}}, "d60":{} } }"""));

        schema.Validate(Parse("1")).ShouldContain(static violation => violation.Message == "takes too many steps to be checked");
    }

    [Fact]
    public void A_long_chain_of_references_is_refused()
    {
        string definitions = string.Join(',', Enumerable.Range(0, 5000).Select(static at => $$"""
            "d{{at}}":{"$ref":"#/$defs/d{{at + 1}}"}
            """));

        JsonSchema.TryParse(Parse($$"""{"$ref":"#/$defs/d0","$defs":{ {{definitions}}, "d5000":{} } }"""), out IReadOnlyList<SchemaProblem> problems).ShouldBeNull();
        problems[0].Message.ShouldBe("starts a chain of more than 200 references");
    }

    [Theory]
    [InlineData("""{"multipleOf":7}""", "1e999999999999999999")]
    [InlineData("""{"multipleOf":1e-999999999999999999}""", "3")]
    [InlineData("""{"minimum":1e400}""", "1e401")]
    [InlineData("""{"uniqueItems":true}""", "[1e999999999999,1e999999999998]")]
    public void Numbers_beyond_any_type_are_compared_and_not_expanded(string schema, string value) =>
        JsonSchema.Parse(Parse(schema)).Validate(Parse(value)).Count.ShouldBe(schema.Contains(":7", StringComparison.Ordinal) ? 1 : 0);

    [Fact]
    public void A_pattern_that_would_backtrack_is_matched_in_linear_time()
    {
        JsonSchema schema = JsonSchema.Parse(Parse("""{"pattern":"^(a+)+$"}"""));

        schema.Validate(Parse($"\"{new string('a', 100_000)}!\"")).ShouldHaveSingleItem();
    }

    [Fact]
    public void Equal_items_are_found_among_many()
    {
        JsonSchema schema = JsonSchema.Parse(Parse("""{"uniqueItems":true}"""));

        schema.Validate(Parse($"[{string.Join(',', Enumerable.Range(0, 200_000))},5.0]")).ShouldHaveSingleItem().Message.ShouldEndWith("items 5 and 200000 are equal");
    }

    [Fact]
    public void A_lone_surrogate_in_a_value_is_a_violation() =>
        JsonSchema.Parse(Parse("""{"minLength":1}""")).Validate(Parse("\"\\ud800\"")).ShouldHaveSingleItem().Message.ShouldBe("holds text that is not valid Unicode");

    private static JsonElement Parse(string json) => JsonDocument.Parse(json, Deep).RootElement;
}
