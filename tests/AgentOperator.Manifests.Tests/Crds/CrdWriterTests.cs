using System.Text.Json.Nodes;
using AgentOperator.Api.Schema;

namespace AgentOperator.Manifests.Tests.Crds;

public sealed class CrdWriterTests
{
    private sealed record Empty;

    private sealed record State([property: Bounds(0, 9)] string? Ready, long? Run);

    [ResourceNames("tg", "tng")]
    [PrinterColumn("Ready", "string", ".status.ready", Description = "Whether it is")]
    [PrinterColumn("Run", "integer", ".status.run", Wide = true)]
    private sealed record Thing
    {
        public required Empty Spec { get; init; }

        public State? Status { get; init; }
    }

    private sealed record Size(int? Replicas, [property: Bounds(0, 99)] string? Selector);

    [Scale(".spec.replicas", ".status.replicas", ".status.selector")]
    private sealed record Scaled(Size? Spec, Size? Status);

    [Fact]
    public void NamesFollowTheKind()
    {
        JsonObject crd = Fixture.Crd<Thing>();

        crd["metadata"]!["name"]!.GetValue<string>().ShouldBe("things.example.dev");
        crd["spec"]!["scope"]!.GetValue<string>().ShouldBe("Namespaced");
        crd["spec"]!["names"]!.ToJsonString().ShouldBe(
            """{"kind":"Thing","listKind":"ThingList","plural":"things","singular":"thing","shortNames":["tg","tng"],"categories":["agentoperator"]}""");
    }

    [Fact]
    public void WideColumnsHavePriorityOne() =>
        Fixture.Version<Thing>()["additionalPrinterColumns"]!.ToJsonString().ShouldBe(
            """[{"name":"Ready","type":"string","jsonPath":".status.ready","description":"Whether it is"},{"name":"Run","type":"integer","jsonPath":".status.run","priority":1}]""");

    [Fact]
    public void StatusIsASubresourceWhereThereIsOne()
    {
        Fixture.Version<Thing>()["subresources"]!.ToJsonString().ShouldBe("""{"status":{}}""");
        Fixture.Version<Root<Empty>>().ContainsKey("subresources").ShouldBeFalse();
    }

    [Fact]
    public void ScaleIsASubresourceWhereItIsDeclared() =>
        Fixture.Version<Scaled>()["subresources"]!.ToJsonString().ShouldBe(
            """{"status":{},"scale":{"specReplicasPath":".spec.replicas","statusReplicasPath":".status.replicas","labelSelectorPath":".status.selector"}}""");

    [Fact]
    public void RootHasWhatTheServerFillsIn()
    {
        JsonObject root = Fixture.RootSchema<Thing>();

        root["properties"]!.AsObject().Select(p => p.Key).ShouldBe(["apiVersion", "kind", "metadata", "spec", "status"]);
        root["properties"]!["metadata"]!.ToJsonString().ShouldBe("""{"type":"object"}""");
        root["required"]!.ToJsonString().ShouldBe("""["spec"]""");
    }
}
