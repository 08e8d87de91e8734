using System.Text.Json.Nodes;
using AgentOperator.Api.Schema;
using AgentOperator.Kube.Models;
using AgentOperator.Manifests.Editors;

namespace AgentOperator.Manifests.Tests.Editors;

public sealed class EditorSchemaTests
{
    private sealed record Inner([property: Bounds(1, 9), Pattern("^a+$", Message = "write letters a")] string? Name);

    private sealed record Spec(
        Inner? Inner,
        [property: AnyJson] Inner? Free,
        [property: Bounds(0, 9), ItemBounds(0, 9)] IReadOnlyDictionary<string, string>? Map,
        Quantity? Size);

    [Fact]
    public void RootIsOfOneKind()
    {
        JsonObject root = EditorSchema.Write(Fixture.Read<Root<Spec>>());

        root["$schema"]!.GetValue<string>().ShouldBe("http://json-schema.org/draft-07/schema#");
        root["required"]!.ToJsonString().ShouldBe("""["apiVersion","kind","metadata","spec"]""");
        root["properties"]!["apiVersion"]!["enum"]!.ToJsonString().ShouldBe("""["example.dev/v1"]""");
        root["properties"]!["kind"]!["enum"]!.ToJsonString().ShouldBe("""["Thing"]""");
        root["additionalProperties"]!.GetValue<bool>().ShouldBeFalse();
    }

    [Fact]
    public void ObjectsAreClosedWhereTheServerPrunes()
    {
        Property("inner")["additionalProperties"]!.GetValue<bool>().ShouldBeFalse();
        Property("free").ContainsKey("additionalProperties").ShouldBeFalse();
        Property("map")["additionalProperties"]!["maxLength"]!.GetValue<long>().ShouldBe(9);
    }

    [Fact]
    public void PatternsWithAMessageKeepBoth()
    {
        JsonNode name = Property("inner")["properties"]!["name"]!;

        name["pattern"]!.GetValue<string>().ShouldBe("^a+$");
        name["patternErrorMessage"]!.GetValue<string>().ShouldBe("write letters a");
    }

    [Fact]
    public void NothingIsOnlyForTheApiServer() => EditorSchema.Write(Fixture.Read<Root<Spec>>()).ToJsonString().ShouldNotContain("x-kubernetes");

    private static JsonObject Property(string name) =>
        EditorSchema.Write(Fixture.Read<Root<Spec>>())["properties"]!["spec"]!["properties"]![name]!.AsObject();
}
