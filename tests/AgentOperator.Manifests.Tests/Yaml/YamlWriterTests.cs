using System.Text.Json.Nodes;
using AgentOperator.Api;
using AgentOperator.Manifests.Crds;
using AgentOperator.Manifests.Kinds;
using AgentOperator.Manifests.Schemas;
using AgentOperator.Manifests.Yaml;

namespace AgentOperator.Manifests.Tests.Yaml;

public sealed class YamlWriterTests
{
    private static readonly string Long = string.Join(' ', Enumerable.Range(0, 60).Select(i => $"word{i}:"));

    [Fact]
    public void BlockStyleWithListsAtTheIndentOfTheirKey() =>
        YamlWriter.Write(Parse("""{"a":{"b":[{"c":1,"d":[]},"e",["f"]],"g":{}},"h":null,"i":true}""")).ShouldBe(
            """
            a:
              b:
              - c: 1
                d: []
              - e
              -
                - f
              g: {}
            h: null
            i: true

            """.ReplaceLineEndings("\n"));

    [Fact]
    public void LongProseIsFolded()
    {
        string yaml = YamlWriter.Write(new JsonObject { ["a"] = Long });

        yaml.ShouldStartWith("a: >-\n  word0: word1:");
        yaml.Split('\n').ShouldAllBe(line => line.Length <= 120);
    }

    [Theory]
    [InlineData("""{"a":"two  spaces and then a very long text that would be folded if it did not have two spaces, because folding would lose one of them"}""")]
    [InlineData("""{"a":{"b":[{"c":[[1,2],[]],"d":"x\ny"},{}],"e":"it's: fine #ok"},"f":"- g"}""")]
    public void AReaderGetsBackWhatWasWritten(string json) => ShouldRoundTrip(Parse(json));

    [Fact]
    public void FoldedProseComesBackWhole() => ShouldRoundTrip(new JsonObject { ["a"] = new JsonArray(new JsonObject { ["b"] = Long }) });

    [Fact]
    public void EveryCrdComesBackWhole()
    {
        foreach (Kind kind in KindFinder.In(typeof(ApiGroup).Assembly))
        {
            ShouldRoundTrip(CrdWriter.Write(KindSchema.Read(kind)));
        }
    }

    private static JsonObject Parse(string json) => JsonNode.Parse(json)!.AsObject();

    private static void ShouldRoundTrip(JsonObject value) => YamlJson.Parse(YamlWriter.Write(value))!.ToJsonString().ShouldBe(value.ToJsonString());
}
