using System.Text.Json.Nodes;

namespace AgentOperator.Manifests.Tests.Crds;

/// <summary>The rules of structural schemas, written against the JSON and not against the generator.</summary>
internal static class StructuralSchema
{
    private static readonly string[] Forbidden =
        ["$ref", "definitions", "dependencies", "patternProperties", "additionalItems", "id", "deprecated", "uniqueItems", "nullable", "default"];

    private static readonly string[] Combinators = ["allOf", "anyOf", "oneOf", "not"];

    public static IReadOnlyList<string> Faults(JsonObject root) => [.. Walk("", root).SelectMany(node => Faults(node.Path, node.Schema))];

    public static IReadOnlyList<string> Undescribed(JsonObject root) =>
    [
        .. Walk("", root).Where(node => node.Path.Split('.')[^1] is var name && name.Length > 0 && !name.EndsWith("[]", StringComparison.Ordinal)
            && !name.EndsWith("{}", StringComparison.Ordinal) && node.Path != ".metadata" && !node.Schema.ContainsKey("description")).Select(node => node.Path),
    ];

    private static IEnumerable<string> Faults(string path, JsonObject schema)
    {
        bool intOrString = schema.ContainsKey("x-kubernetes-int-or-string");
        bool anything = schema.ContainsKey("x-kubernetes-preserve-unknown-fields");
        if (!schema.ContainsKey("type") && !intOrString && !anything)
        {
            yield return $"{path}: no type";
        }

        if (intOrString && anything)
        {
            yield return $"{path}: int-or-string and preserve-unknown-fields";
        }

        foreach (string keyword in Forbidden.Where(schema.ContainsKey))
        {
            yield return $"{path}: {keyword}";
        }

        if (schema.ContainsKey("properties") && schema.ContainsKey("additionalProperties"))
        {
            yield return $"{path}: properties and additionalProperties";
        }

        foreach (string key in Combinators.Where(c => schema.ContainsKey(c) && !intOrString))
        {
            yield return $"{path}: type inside {key}";
        }

        foreach (string key in Keys(schema).Where(key => !Required(schema).Contains(key)))
        {
            yield return $"{path}: key {key} is not required";
        }
    }

    private static IEnumerable<string> Keys(JsonObject list) =>
        list["x-kubernetes-list-map-keys"]?.AsArray().Select(key => key!.GetValue<string>()) ?? [];

    private static string[] Required(JsonObject list) =>
        [.. list["items"]?["required"]?.AsArray().Select(key => key!.GetValue<string>()) ?? []];

    private static IEnumerable<(string Path, JsonObject Schema)> Walk(string path, JsonObject schema)
    {
        yield return (path, schema);
        IEnumerable<(string Path, JsonNode? Schema)> children =
            (schema["properties"]?.AsObject().Select(p => ($"{path}.{p.Key}", p.Value)) ?? [])
            .Append(($"{path}[]", schema["items"]))
            .Append(($"{path}{{}}", schema["additionalProperties"]));
        foreach ((string childPath, JsonNode? child) in children)
        {
            foreach ((string, JsonObject) node in child is JsonObject inner ? Walk(childPath, inner) : [])
            {
                yield return node;
            }
        }
    }
}
