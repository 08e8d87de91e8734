using System.Text.Json;
using AgentOperator.Api.JsonSchemas;

namespace AgentOperator.AgentRuntime.Tests.JsonSchemas;

/// <summary>What a model or a person reads when a value breaks a schema.</summary>
public sealed class MessageTests
{
    [Theory]
    [InlineData("""{"enum":["low","high","critical"]}""", "\"bad\"", "must be one of \"low\", \"high\", \"critical\"; was \"bad\"")]
    [InlineData("""{"const":3}""", "4", "must be 3; was 4")]
    [InlineData("""{"type":["string","null"]}""", "{}", "must be of type string or null; was an object")]
    [InlineData("""{"type":"integer"}""", "1.5", "must be of type integer; was 1.5")]
    [InlineData("""{"minimum":3}""", "2", "must be at least 3; was 2")]
    [InlineData("""{"multipleOf":0.01}""", "0.015", "must be a multiple of 0.01; was 0.015")]
    [InlineData("""{"maxLength":2}""", "\"👍👍👍\"", "must have at most 2 characters; had 3")]
    [InlineData("""{"pattern":"^a+$"}""", "\"b\"", "must match ^a+$; was \"b\"")]
    [InlineData("""{"required":["a","b"]}""", """{"a":1}""", "must have the property \"b\"")]
    [InlineData("""{"properties":{"a":{}},"additionalProperties":false}""", """{"z":1}""", "must not have the property \"z\"; it may have a")]
    [InlineData("""{"properties":{"a":false}}""", """{"a":1}""", "/a: is not allowed here")]
    [InlineData("""{"dependentRequired":{"a":["b"]}}""", """{"a":1}""", "must have the property \"b\", because it has \"a\"")]
    [InlineData("""{"propertyNames":{"maxLength":1}}""", """{"ab":1}""", "must not have the property \"ab\": its name must have at most 1 characters; had 2")]
    [InlineData("""{"uniqueItems":true}""", """[{"a":1,"b":2},3,{"b":2.0,"a":1}]""", "must not hold equal items; items 0 and 2 are equal")]
    [InlineData("""{"minItems":1}""", "[]", "must have at least 1 items; had 0")]
    [InlineData("""{"anyOf":[{"type":"string"},{"properties":{"a":{"type":"string"}},"type":"object"}]}""", """{"a":1}""", "fits none of the 2 alternatives of anyOf; for the nearest one, /a: must be of type string; was 1")]
    [InlineData("""{"oneOf":[{"type":"integer"},{"minimum":2}]}""", "3", "must fit exactly one of the 2 alternatives of oneOf; fits the alternatives 0, 1")]
    [InlineData("""{"not":{"type":"string"}}""", "\"a\"", "must not fit the schema under \"not\" (/not)")]
    [InlineData("""{"items":{"properties":{"a/b~c":{"type":"null"}}}}""", """[{},{"a/b~c":1}]""", "/1/a~1b~0c: must be of type null; was 1")]
    public void A_violation_says_where_and_what_must_hold(string schema, string value, string message) =>
        JsonSchema.Parse(JsonElement.Parse(schema)).Validate(JsonElement.Parse(value)).ShouldHaveSingleItem().ToString().ShouldBe(message);

    [Fact]
    public void A_long_value_is_cut_between_characters()
    {
        string value = JsonSerializer.Serialize(new string('a', 57) + "😀😀😀");

        string message = JsonSchema.Parse(JsonElement.Parse("""{"pattern":"^b"}""")).Validate(JsonElement.Parse(value)).ShouldHaveSingleItem().Message;

        message.Length.ShouldBeLessThan(100);
        message.ShouldEndWith("…");
        message.Select(char.IsSurrogate).Count(static half => half).ShouldBe(message.EnumerateRunes().Count(static rune => rune.Value > char.MaxValue) * 2);
    }

    [Fact]
    public void All_violations_are_told_up_to_twenty()
    {
        JsonSchema schema = JsonSchema.Parse(JsonElement.Parse("""{"items":{"type":"string"}}"""));

        schema.Validate(JsonElement.Parse("[1,2,\"a\",3]")).Select(static violation => violation.InstancePath).ShouldBe(["/0", "/1", "/3"]);
        schema.Validate(JsonElement.Parse($"[{string.Join(',', Enumerable.Repeat(1, 1000))}]")).Count.ShouldBe(JsonSchema.MaxViolations);
    }
}
