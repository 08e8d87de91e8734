using System.Text.Json.Nodes;

namespace AgentOperator.Local.Tests.Cluster;

/// <summary>What a document has that another, defaulted one, has not.</summary>
internal static class JsonSubset
{
    public static IEnumerable<string> Missing(JsonNode? part, JsonNode? whole, string path = "$") => (part, whole) switch
    {
        (JsonObject expected, JsonObject actual) => expected.SelectMany(entry => Missing(entry.Value, actual[entry.Key], $"{path}.{entry.Key}")),
        (JsonArray expected, JsonArray actual) when expected.Count == actual.Count => expected.SelectMany((item, index) => Missing(item, actual[index], $"{path}[{index}]")),
        _ => JsonNode.DeepEquals(part, whole) ? [] : [$"{path}: {part?.ToJsonString()} became {whole?.ToJsonString()}"],
    };
}
