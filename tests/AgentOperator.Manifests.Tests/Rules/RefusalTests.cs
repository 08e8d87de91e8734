using System.Text.Json.Serialization;
using AgentOperator.Api.Schema;
using AgentOperator.Kube.Models;

namespace AgentOperator.Manifests.Tests.Rules;

public sealed class RefusalTests
{
    private sealed record UnboundedString(string? Name);

    private sealed record UnboundedList([property: ItemBounds(0, 9)] IReadOnlyList<string>? Names);

    private sealed record UnboundedItems([property: Bounds(0, 9)] IReadOnlyList<string>? Names);

    private sealed record UnboundedMap([property: ItemBounds(0, 9)] IReadOnlyDictionary<string, string>? Labels);

    private sealed record Nested(UnboundedString? Inner, [property: Bounds(0, 9)] IReadOnlyList<UnboundedString>? List, [property: Bounds(0, 9)] IReadOnlyDictionary<string, UnboundedString>? Map);

    private sealed record Tree([property: Bounds(0, 9)] IReadOnlyList<Tree>? Children);

    private sealed record CutTree([property: AnyJson] IReadOnlyList<CutTree>? Children);

    private sealed record Trigger(bool? On, bool? Y, [property: JsonPropertyName("Null")] bool? Nothing, bool? Only);

    private sealed record Floats(double? Ratio, float Share, decimal Money);

    private sealed record Defaulted
    {
        public int Replicas { get; init; } = 1;

        [Bounds(0, 9)]
        public string? Policy { get; init; } = "Always";

        public bool Enabled { get; init; }
    }

    private sealed record Optional([property: Bounds(0, 9)] string? Name);

    private sealed record OptionalKey([property: Bounds(0, 9), ListMap("name")] IReadOnlyList<Optional>? Items);

    private sealed record WrongKey([property: Bounds(0, 9), ListMap("id")] IReadOnlyList<Optional>? Items);

    private sealed record Unmapped(Uri? Address, [property: JsonConverter(typeof(JsonStringEnumConverter))] DayOfWeek Day);

    private sealed record Misplaced([property: Bounds(0, 9), Pattern("a")] int Count, [property: ListMap("a")] bool Flag, [property: OneOf("a")] int Choice);

    [CelRule("true", "two\nlines")]
    private sealed record BrokenMessage([property: CelRule("true", " ")] bool Flag);

    [CelRule("true", "say", FieldPath = ".nme")]
    private sealed record BlamesNothing([property: Bounds(0, 9)] string? Name);

    private sealed record Immutable
    {
        [Bounds(0, 9)]
        [CelRule("self == oldSelf", "never change it")]
        public required string Name { get; init; }
    }

    private sealed record Past(
        Immutable? One,
        [property: Bounds(0, 9), ListMap("name")] IReadOnlyList<Immutable>? Keyed,
        [property: Bounds(0, 9)] IReadOnlyList<Immutable>? Loose);

    private sealed record LooseConditions([property: Bounds(0, 9), AtomicList] IReadOnlyList<Condition>? Value);

    private sealed record Patterns(
        [property: Bounds(0, 9), Pattern("(?i)a")] string? Flags,
        [property: Bounds(0, 9), Pattern("(a")] string? Open,
        [property: Bounds(0, 9), Pattern(@"\Aa", Message = "an a")] string? Worded,
        [property: Bounds(0, 9), Pattern(@"^(\d|a\.)$")] string? Good);

    [Fact]
    public void StringWithoutBound() => Fixture.Faults<UnboundedString>().ShouldHaveSingleItem().ShouldStartWith("Thing.spec.name: a string needs an upper bound");

    [Fact]
    public void ListWithoutBound() => Fixture.Faults<UnboundedList>().ShouldHaveSingleItem().ShouldStartWith("Thing.spec.names: a list needs an upper bound");

    [Fact]
    public void ItemsWithoutBound() => Fixture.Faults<UnboundedItems>().ShouldHaveSingleItem().ShouldStartWith("Thing.spec.names[]: a string needs an upper bound");

    [Fact]
    public void MapWithoutBound() => Fixture.Faults<UnboundedMap>().ShouldHaveSingleItem().ShouldStartWith("Thing.spec.labels: a map needs an upper bound");

    [Fact]
    public void EveryFaultIsNamedWithItsPath() =>
        Fixture.Faults<Nested>().Select(fault => fault.Split(':')[0]).ShouldBe(["Thing.spec.inner.name", "Thing.spec.list[].name", "Thing.spec.map{}.name"]);

    [Fact]
    public void Recursion() => Fixture.Faults<Tree>().ShouldHaveSingleItem().ShouldStartWith("Thing.spec.children[]: recursion through Tree");

    [Fact]
    public void RecursionEndsAtAnyJson() => Should.NotThrow(Fixture.SpecSchema<CutTree>);

    [Fact]
    public void NamesThatYamlReadsAsSomethingElse() =>
        Fixture.Faults<Trigger>().Select(fault => fault.Split('"')[1]).ShouldBe(["on", "y", "Null"]);

    [Fact]
    public void FloatingPoint() =>
        Fixture.Faults<Floats>().Select(fault => fault.Split(' ')[0]).ShouldBe(["Thing.spec.ratio:", "Thing.spec.share:", "Thing.spec.money:"]);

    [Fact]
    public void DefaultValues() =>
        Fixture.Faults<Defaulted>().Select(fault => fault.Split('"')[1]).ShouldBe(["replicas", "policy"]);

    [Fact]
    public void MapListWhoseKeyIsNotRequired() =>
        Fixture.Faults<OptionalKey>().ShouldHaveSingleItem().ShouldBe("Thing.spec.items: [ListMap(\"name\")]: name must be required in the items");

    [Fact]
    public void MapListWhoseKeyDoesNotExist() =>
        Fixture.Faults<WrongKey>().ShouldHaveSingleItem().ShouldBe("Thing.spec.items: [ListMap(\"id\")] names no property of the items");

    [Fact]
    public void TypesWithoutMapping() =>
        Fixture.Faults<Unmapped>().ShouldBe(["Thing.spec.address: Uri has no mapping to a schema", "Thing.spec.day: DayOfWeek has no mapping to a schema"]);

    [Fact]
    public void AttributesThatWouldHaveNoEffect() =>
        Fixture.Faults<Misplaced>().Select(fault => fault.Split(": ")[1])
            .ShouldBe(["[Pattern] belongs on a string", "[ListMap] belongs on a list", "[OneOf] belongs on a string, or a list of strings"]);

    [Fact]
    public void CelRulesWithoutAMessageOfOneLine() => Fixture.Faults<BrokenMessage>().Count.ShouldBe(2);

    [Fact]
    public void CelRulesThatBlameNothing() =>
        Fixture.Faults<BlamesNothing>().ShouldHaveSingleItem().ShouldBe("Thing.spec: CEL rule \"true\": FieldPath \".nme\" leads to no property");

    [Fact]
    public void ComparisonWithThePastInsideAListWithoutKeys() =>
        Fixture.Faults<Past>().Select(fault => fault.Split(':')[0]).ShouldBe(["Thing.spec.loose"]);

    [Fact]
    public void ConditionsWithoutKeys() =>
        Fixture.Faults<LooseConditions>().ShouldHaveSingleItem().ShouldBe("Thing.spec.value: a list of conditions needs [ListMap(\"type\")]");

    [Fact]
    public void PatternsThatEditorsReadOtherwise() =>
        Fixture.Faults<Patterns>().Select(fault => fault.Split(':')[0]).ShouldBe(["Thing.spec.flags", "Thing.spec.open", "Thing.spec.worded"]);
}
