using System.Text.Json;
using AgentOperator.Api.Schema;
using AgentOperator.Kube.Models;

namespace AgentOperator.Manifests.Tests.Schemas;

public sealed class MappingTests
{
    private sealed record Spec<T>(T Value);

    private sealed record Texts([property: Bounds(2, 9), Pattern("^a+$")] string? Value);

    private sealed record Choices([property: OneOf("Fail", "Skip")] string? Value);

    private sealed record ChoiceList([property: OneOf("Fail", "Skip"), Bounds(0, 9), AtomicList] IReadOnlyList<string>? Value);

    private sealed record Numbers([property: Bounds(-1, 9)] int? Value);

    private sealed record TextList([property: Bounds(0, 9), ItemBounds(1, 3), AtomicList] IReadOnlyList<string>? Value);

    private sealed record TextMap([property: Bounds(0, 9), ItemBounds(0, 3)] IReadOnlyDictionary<string, string>? Value);

    private sealed record Quantities([property: Bounds(0, 9)] IReadOnlyDictionary<string, Quantity>? Value);

    private sealed record AnyScalar([property: AnyJson] JsonElement? Value);

    private sealed record AnyList([property: AnyJson, Bounds(0, 9), AtomicList] IReadOnlyList<JsonElement>? Value);

    private sealed record PodPart([property: AnyJson, Api.Schema.PodPart] JsonElement? Value);

    private sealed record PodParts([property: AnyJson, Api.Schema.PodPart, Bounds(0, 9), AtomicList] IReadOnlyList<JsonElement>? Value);

    private sealed record AnyObject([property: AnyJson] Choices? Value);

    private sealed record AnyMap([property: AnyJson] IReadOnlyDictionary<string, JsonElement>? Value);

    private sealed record Conditions([property: Bounds(0, 9), ListMap("type")] IReadOnlyList<Condition>? Value);

    private sealed record Item
    {
        [Bounds(1, 9)]
        public required string Name { get; init; }

        public int? Count { get; init; }
    }

    private sealed record Items([property: Bounds(1, 9), ListMap("name")] IReadOnlyList<Item>? Value);

    [Fact]
    public void Booleans() => Fixture.ValueSchema<Spec<bool?>>().ShouldBe("""{"type":"boolean"}""");

    [Fact]
    public void Integers()
    {
        Fixture.ValueSchema<Spec<int>>().ShouldBe("""{"type":"integer","format":"int32"}""");
        Fixture.ValueSchema<Spec<long?>>().ShouldBe("""{"type":"integer","format":"int64"}""");
        Fixture.ValueSchema<Numbers>().ShouldBe("""{"type":"integer","format":"int32","minimum":-1,"maximum":9}""");
    }

    [Fact]
    public void Strings()
    {
        Fixture.ValueSchema<Texts>().ShouldBe("""{"type":"string","pattern":"^a+$","minLength":2,"maxLength":9}""");
        Fixture.ValueSchema<Choices>().ShouldBe("""{"type":"string","enum":["Fail","Skip"]}""");
    }

    [Fact]
    public void Times()
    {
        Fixture.ValueSchema<Spec<Time?>>().ShouldBe("""{"type":"string","format":"date-time"}""");
        Fixture.ValueSchema<Spec<MicroTime>>().ShouldBe("""{"type":"string","format":"date-time"}""");
    }

    [Fact]
    public void DurationsSayHowToWriteThem()
    {
        string schema = Fixture.ValueSchema<Spec<Duration?>>();

        schema.ShouldStartWith("""{"type":"string","minLength":1,"maxLength":32,"x-kubernetes-validations":[{"rule":"self.matches('^([0-9]""");
        schema.ShouldContain("write a duration as 90s");
    }

    [Fact]
    public void QuantitiesAreIntOrString() =>
        Fixture.ValueSchema<Quantities>().ShouldStartWith(
            """{"type":"object","maxProperties":9,"additionalProperties":{"anyOf":[{"type":"integer"},{"type":"string"}],"maxLength":64,"x-kubernetes-int-or-string":true""");

    [Fact]
    public void Lists() =>
        Fixture.ValueSchema<TextList>().ShouldBe("""{"type":"array","maxItems":9,"x-kubernetes-list-type":"atomic","items":{"type":"string","minLength":1,"maxLength":3}}""");

    [Fact]
    public void ListsOfChoices() =>
        Fixture.ValueSchema<ChoiceList>().ShouldBe("""{"type":"array","maxItems":9,"x-kubernetes-list-type":"atomic","items":{"type":"string","enum":["Fail","Skip"]}}""");

    [Fact]
    public void MapLists() =>
        Fixture.ValueSchema<Items>().ShouldBe(
            """
            {"type":"array","minItems":1,"maxItems":9,"x-kubernetes-list-type":"map","x-kubernetes-list-map-keys":["name"],
            "items":{"type":"object","required":["name"],"properties":{"name":{"type":"string","minLength":1,"maxLength":9},"count":{"type":"integer","format":"int32"}}}}
            """.ReplaceLineEndings(""));

    [Fact]
    public void Maps() =>
        Fixture.ValueSchema<TextMap>().ShouldBe("""{"type":"object","maxProperties":9,"additionalProperties":{"type":"string","maxLength":3}}""");

    [Fact]
    public void AnyJsonHasATypeOnlyWhereThePropertyIsAnObject()
    {
        Fixture.ValueSchema<AnyScalar>().ShouldBe("""{"x-kubernetes-preserve-unknown-fields":true}""");
        Fixture.ValueSchema<Spec<JsonElement?>>().ShouldBe("""{"x-kubernetes-preserve-unknown-fields":true}""");
        Fixture.ValueSchema<AnyObject>().ShouldBe("""{"type":"object","x-kubernetes-preserve-unknown-fields":true}""");
        Fixture.ValueSchema<AnyMap>().ShouldBe("""{"type":"object","x-kubernetes-preserve-unknown-fields":true}""");
        Fixture.ValueSchema<PodPart>().ShouldBe("""{"type":"object","x-kubernetes-preserve-unknown-fields":true}""");
    }

    [Fact]
    public void ListsOfAnyJsonAreLists()
    {
        Fixture.ValueSchema<AnyList>().ShouldBe("""{"type":"array","maxItems":9,"x-kubernetes-list-type":"atomic","items":{"x-kubernetes-preserve-unknown-fields":true}}""");
        Fixture.ValueSchema<PodParts>().ShouldBe("""{"type":"array","maxItems":9,"x-kubernetes-list-type":"atomic","items":{"type":"object","x-kubernetes-preserve-unknown-fields":true}}""");
    }

    [Fact]
    public void ConditionsHaveTheLimitsOfKubernetes()
    {
        string schema = Fixture.ValueSchema<Conditions>();

        schema.ShouldContain("\"required\":[\"type\",\"status\",\"reason\"]");
        schema.ShouldContain("\"maxLength\":316");
        schema.ShouldContain("\"enum\":[\"True\",\"False\",\"Unknown\"]");
        schema.ShouldContain("\"minLength\":1,\"maxLength\":1024");
        schema.ShouldContain("\"maxLength\":32768");
        schema.ShouldContain("\"format\":\"int64\",\"minimum\":0");
    }
}
