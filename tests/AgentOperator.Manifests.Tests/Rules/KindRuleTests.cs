using AgentOperator.Api.Schema;
using AgentOperator.Kube.Models;
using AgentOperator.Manifests.Rules;

namespace AgentOperator.Manifests.Tests.Rules;

public sealed class KindRuleTests
{
    private sealed record State([property: Bounds(0, 9)] string? Phase, long? Run, Time? At, int? Replicas, [property: Bounds(0, 9), ListMap("type")] IReadOnlyList<Condition>? Conditions);

    [PrinterColumn("Good", "string", ".status.phase")]
    [PrinterColumn("Ready", "string", ".status.conditions[?(@.type==\"Ready\")].status")]
    [PrinterColumn("At", "date", ".status.at")]
    [PrinterColumn("Age", "date", ".metadata.creationTimestamp")]
    private sealed record GoodColumns(State? Status);

    [PrinterColumn("Typo", "string", ".status.phse")]
    [PrinterColumn("Kind", "text", ".status.phase")]
    [PrinterColumn("List", "string", ".status.conditions")]
    [PrinterColumn("Type", "string", ".status.run")]
    [PrinterColumn("Form", "string", "status.phase")]
    private sealed record BadColumns(State? Status);

    [PrinterColumn("Phase", "string", ".status.phase")]
    [PrinterColumn("Phase", "string", ".status.phase")]
    private sealed record SameColumns(State? Status);

    [Scale(".spec.replicas", ".status.phase", ".status.replicas")]
    private sealed record BadScale(State? Spec, State? Status);

    [ResourceNames("Th")]
    private sealed record BadName;

    [ResourceNames("tg")]
    private sealed record Named;

    [Fact]
    public void ColumnsThatShowSomething() => Should.NotThrow(() => Fixture.Read<GoodColumns>());

    [Fact]
    public void ColumnsThatShowNothing() =>
        Fixture.RootFaults<BadColumns>().ShouldBe(
        [
            "Thing: column Typo: .status.phse leads to no property",
            "Thing: column Kind has type \"text\": use one of string, integer, number, boolean, date",
            "Thing: column List: .status.conditions is no scalar",
            "Thing: column Type has type \"string\", but .status.run is \"integer\"",
            "Thing: column Form: status.phase leads to no property",
        ]);

    [Fact]
    public void ColumnsOfTheSameName() => Fixture.RootFaults<SameColumns>().ShouldHaveSingleItem().ShouldBe("Thing: column Phase is declared twice");

    [Fact]
    public void ScaleThatPointsAtSomethingElse() =>
        Fixture.RootFaults<BadScale>().ShouldBe(
        [
            "Thing: [Scale]: .status.phase must be a property of type integer below .status",
            "Thing: [Scale]: .status.replicas must be a property of type string below .status",
        ]);

    [Fact]
    public void NamesThatTheServerRefuses() => Fixture.RootFaults<BadName>().ShouldHaveSingleItem().ShouldStartWith("Thing: name \"Th\" must be lower-case");

    [Theory]
    [InlineData("example", "v1", "things", "group \"example\" must have a dot")]
    [InlineData("example.dev", "1", "things", "version \"1\" must be such as v1")]
    [InlineData("example.dev", "v1", "Things", "name \"Things\" must be lower-case")]
    public void ResourcesThatTheServerRefuses(string group, string version, string plural, string fault) =>
        new KindNameRule().Check(Fixture.Kind<Named>(new ResourceDefinition(group, version, plural, "Thing")), Fixture.Read<Named>().Root)
            .ShouldHaveSingleItem().ShouldStartWith(fault);

    [Fact]
    public void KindsThatShareAName() =>
        DistinctKindsRule.Check(
            [Fixture.Kind<Named>(new ResourceDefinition("example.dev", "v1", "things", "Thing")), Fixture.Kind<Named>(new ResourceDefinition("example.dev", "v1", "others", "Other"))])
            .ShouldHaveSingleItem().ShouldStartWith("tg is the name of 2 kinds");
}
