using System.Text.Json.Nodes;
using AgentOperator.Api.Schema;
using AgentOperator.Kube.Models;

namespace AgentOperator.Manifests.Tests.Schemas;

public sealed class RuleTests
{
    [CelRule("has(self.value)", "set value", MessageExpression = "'set ' + 'value'", FieldPath = ".value")]
    private sealed record OnType(bool? Value);

    private sealed record OnBoth([property: CelRule("self.value", "switch it on")] OnType? Value);

    private sealed record Worded([property: Bounds(0, 9), Pattern(@"^\d'$", Message = "a digit and a quote"), CelRule("self != '0'", "not 0")] string? Value);

    private sealed record AtLeast([property: CelRule("duration(self) >= duration('1s')", "at least 1s")] Duration? Value);

    [Fact]
    public void RulesOfATypeStandAtEveryUse()
    {
        JsonArray rules = Rules(Fixture.SpecSchema<OnType>());

        rules.ShouldHaveSingleItem()!.ToJsonString().ShouldBe(
            new JsonObject { ["rule"] = "has(self.value)", ["message"] = "set value", ["messageExpression"] = "'set ' + 'value'", ["fieldPath"] = ".value" }.ToJsonString());
    }

    [Fact]
    public void RulesOfAPropertyFollowThoseOfItsType() =>
        Rules(Value<OnBoth>()).Select(rule => rule!["rule"]!.GetValue<string>()).ShouldBe(["has(self.value)", "self.value"]);

    [Fact]
    public void PatternWithAMessageIsARule()
    {
        JsonObject value = Value<Worded>();

        value.ContainsKey("pattern").ShouldBeFalse();
        Rules(value)[0]!["rule"]!.GetValue<string>().ShouldBe(@"self.matches('^\\d\'$')");
        Rules(value)[0]!["message"]!.GetValue<string>().ShouldBe("a digit and a quote");
    }

    [Fact]
    public void RulesOnADurationWaitForItsFormat() =>
        Rules(Value<AtLeast>())[1]!["rule"]!.GetValue<string>().ShouldMatch(@"^!\(self\.matches\(.*\)\) \|\| \(duration\(self\) >= duration\('1s'\)\)$");

    private static JsonObject Value<T>() => Fixture.SpecSchema<T>()["properties"]!["value"]!.AsObject();

    private static JsonArray Rules(JsonObject schema) => schema["x-kubernetes-validations"]!.AsArray();
}
