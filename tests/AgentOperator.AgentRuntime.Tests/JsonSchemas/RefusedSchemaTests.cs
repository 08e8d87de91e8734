using System.Text.Json;
using AgentOperator.Api.JsonSchemas;

namespace AgentOperator.AgentRuntime.Tests.JsonSchemas;

/// <summary>A schema that is wrong, or that asks for what is not supported, is refused by name and place: nothing is ignored.</summary>
public sealed class RefusedSchemaTests
{
    [Theory]
    [InlineData("""3""", "must be a schema (an object or a boolean); was 3")]
    [InlineData("""{"type":"strin"}""", "/type: \"strin\" is no type; types are string, number, integer, boolean, object, array, null")]
    [InlineData("""{"type":[]}""", "/type: must name at least one type")]
    [InlineData("""{"type":3}""", "/type: must be a list of strings; was 3")]
    [InlineData("""{"properties":{"a":{"pattern":"("}}}""", "/properties/a/pattern: \"(\" is no regular expression")]
    [InlineData("""{"pattern":"(?=a)b"}""", "/pattern: \"(?=a)b\" uses look-around")]
    [InlineData("""{"patternProperties":{"(a)\\1":{}}}""", "/patternProperties/(a)\\1: \"(a)\\1\" uses look-around")]
    [InlineData("""{"$ref":"https://example.com/schema.json"}""", "/$ref: \"https://example.com/schema.json\" refers to another document, which is never fetched")]
    [InlineData("""{"$ref":"#name"}""", "/$ref: \"#name\" refers to an anchor, which is not supported")]
    [InlineData("""{"$ref":"#/$defs/no"}""", "/$ref: \"#/$defs/no\" names nothing in this schema")]
    [InlineData("""{"$dynamicRef":"#a"}""", "/$dynamicRef: is not supported: use $ref")]
    [InlineData("""{"$schema":"http://json-schema.org/draft-04/schema#"}""", "/$schema: \"http://json-schema.org/draft-04/schema#\" is not supported")]
    [InlineData("""{"properties":{"a":{"$id":"b"}}}""", "/properties/a/$id: is supported at the root only")]
    [InlineData("""{"items":[{}]}""", "/items: a list of schemas is of an older draft: use prefixItems")]
    [InlineData("""{"dependencies":{}}""", "/dependencies: is of an older draft: use dependentRequired or dependentSchemas")]
    [InlineData("""{"type":"string","nullable":true}""", "/nullable: is OpenAPI's: add \"null\" to type")]
    [InlineData("""{"required":true}""", "/required: must be a list of strings; was true")]
    [InlineData("""{"minLength":-1}""", "/minLength: must be an integer of at least 0; was -1")]
    [InlineData("""{"minimum":"1"}""", "/minimum: must be a number; was \"1\"")]
    [InlineData("""{"multipleOf":0}""", "/multipleOf: must be more than 0")]
    [InlineData("""{"anyOf":[]}""", "/anyOf: must hold at least one schema")]
    [InlineData("""{"$defs":{"unused":{"type":"x"}}}""", "/$defs/unused/type: \"x\" is no type")]
    [InlineData("""{"$ref":"#"}""", "refers to itself without going down into the value")]
    [InlineData("""{"$defs":{"a":{"anyOf":[{"$ref":"#/$defs/b"}]},"b":{"not":{"$ref":"#/$defs/a"}}}}""", "/$defs/a: refers to itself without going down into the value")]
    [InlineData("""{"title":"\ud800","pattern":"\ud800"}""", "holds text that is not valid Unicode")]
    public void The_problem_has_its_place(string schema, string problem)
    {
        JsonSchema.TryParse(JsonElement.Parse(schema), out IReadOnlyList<SchemaProblem> problems).ShouldBeNull();

        problems.Select(static found => found.ToString()).ShouldContain(found => found.StartsWith(problem, StringComparison.Ordinal), string.Join('\n', problems));
    }

    [Fact]
    public void All_problems_are_told_at_once() =>
        Should.Throw<InvalidSchemaException>(() => JsonSchema.Parse(JsonElement.Parse("""{"type":"x","minimum":"y","properties":{"a":3}}""")))
            .Problems.Select(static problem => problem.Path).ShouldBe(["/type", "/minimum", "/properties/a"], ignoreOrder: true);
}
