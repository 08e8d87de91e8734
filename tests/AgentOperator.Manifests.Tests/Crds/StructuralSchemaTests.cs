using System.Text.Json.Nodes;
using AgentOperator.Api;
using AgentOperator.Manifests.Crds;
using AgentOperator.Manifests.Kinds;
using AgentOperator.Manifests.Schemas;

namespace AgentOperator.Manifests.Tests.Crds;

/// <summary>What the API server demands of every schema, over every kind.</summary>
public sealed class StructuralSchemaTests
{
    public static TheoryData<string> Kinds => [.. KindFinder.In(typeof(ApiGroup).Assembly).Select(kind => kind.Resource.Kind)];

    [Fact]
    public void ThereAreKinds() => Kinds.ShouldNotBeEmpty();

    [Theory]
    [MemberData(nameof(Kinds))]
    public void SchemaIsStructural(string kind) => StructuralSchema.Faults(Schema(kind)).ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(Kinds))]
    public void EveryPropertyIsExplained(string kind) => StructuralSchema.Undescribed(RootSchema.Write(KindSchema.Read(Kind(kind)).Root)).ShouldBeEmpty();

    [Theory]
    [InlineData("""{"type":"object","properties":{"a":{}}}""", ".a: no type")]
    [InlineData("""{"type":"object","nullable":true}""", ": nullable")]
    [InlineData("""{"type":"object","properties":{"a":{"type":"string","default":"b"}}}""", ".a: default")]
    [InlineData("""{"type":"object","properties":{},"additionalProperties":{"type":"string"}}""", ": properties and additionalProperties")]
    [InlineData("""{"type":"object","properties":{"a":{"type":"array","x-kubernetes-list-type":"map","x-kubernetes-list-map-keys":["k"],"items":{"type":"object"}}}}""", ".a: key k is not required")]
    [InlineData("""{"type":"object","anyOf":[{"type":"string"}]}""", ": type inside anyOf")]
    public void TheCheckFindsFaults(string schema, string fault) => StructuralSchema.Faults(JsonNode.Parse(schema)!.AsObject()).ShouldContain(fault);

    private static Kind Kind(string name) => KindFinder.In(typeof(ApiGroup).Assembly).Single(kind => kind.Resource.Kind == name);

    private static JsonObject Schema(string name) => CrdWriter.Write(KindSchema.Read(Kind(name)))["spec"]!["versions"]![0]!["schema"]!["openAPIV3Schema"]!.AsObject();
}
