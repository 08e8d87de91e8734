using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using AgentOperator.Api;
using AgentOperator.Manifests.Kinds;
using AgentOperator.Manifests.Yaml;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

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
            ShouldRoundTrip(CrdGenerator.Crd(kind));
        }
    }

    private static JsonObject Parse(string json) => JsonNode.Parse(json)!.AsObject();

    private static void ShouldRoundTrip(JsonObject value)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(YamlWriter.Write(value)));
        JsonNode? back = Read(stream.Documents[0].RootNode);
        back!.ToJsonString().ShouldBe(value.ToJsonString());
    }

    private static JsonNode? Read(YamlNode node) => node switch
    {
        YamlMappingNode map => new JsonObject(map.Children.Select(pair => KeyValuePair.Create(((YamlScalarNode)pair.Key).Value!, Read(pair.Value)))),
        YamlSequenceNode list => new JsonArray([.. list.Children.Select(Read)]),
        YamlScalarNode { Style: ScalarStyle.Plain, Value: "null" } => null,
        YamlScalarNode { Style: ScalarStyle.Plain, Value: "true" or "false" } scalar => JsonValue.Create(scalar.Value == "true"),
        YamlScalarNode { Style: ScalarStyle.Plain } scalar when long.TryParse(scalar.Value, CultureInfo.InvariantCulture, out long number) => JsonValue.Create(number),
        YamlScalarNode scalar => JsonValue.Create(scalar.Value),
        _ => throw new JsonException(node.ToString()),
    };
}
