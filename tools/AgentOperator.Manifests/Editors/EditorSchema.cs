using System.Text.Json.Nodes;
using AgentOperator.Kube.Models;
using AgentOperator.Manifests.Schemas;

namespace AgentOperator.Manifests.Editors;

/// <summary>A kind as JSON Schema, draft 7: what yaml-language-server and the editors on it read. It knows of the CEL rules only what a pattern can say.</summary>
internal static class EditorSchema
{
    public static JsonObject Write(KindSchema read)
    {
        ResourceDefinition resource = read.Kind.Resource;
        JsonObject schema = Node(read.Root);
        schema.Insert(0, "$schema", "http://json-schema.org/draft-07/schema#");
        schema.Insert(1, "title", $"{resource.Kind} ({resource.ApiVersion})");
        var properties = (JsonObject)schema["properties"]!;
        properties.Insert(0, "apiVersion", new JsonObject { ["type"] = "string", ["enum"] = new JsonArray(resource.ApiVersion) });
        properties.Insert(1, "kind", new JsonObject { ["type"] = "string", ["enum"] = new JsonArray(resource.Kind) });
        properties.Insert(2, "metadata", MetadataSchema.Write());
        schema["required"] = new JsonArray(["apiVersion", "kind", "metadata", .. schema["required"]?.AsArray().Select(name => name!.DeepClone()) ?? []]);
        return schema;
    }

    private static JsonObject Node(SchemaNode node)
    {
        var json = new JsonObject();
        string[] patterns = [.. node.Validations.Select(rule => rule.Pattern).Append(node.Pattern).OfType<string>()];
        SchemaKeywords.Add(json, node, patterns.Length == 1 ? patterns[0] : null);
        if (patterns.Length > 1)
        {
            json["allOf"] = new JsonArray([.. patterns.Select(pattern => new JsonObject { ["pattern"] = pattern })]);
        }

        SchemaKeywords.Set(json, "patternErrorMessage", node.Validations.FirstOrDefault(rule => rule.Pattern is not null)?.Message);
        SchemaKeywords.AddChildren(json, node, Node);
        if (node is { Type: "object", AdditionalProperties: null, PreserveUnknownFields: false })
        {
            json["additionalProperties"] = false;
        }

        return json;
    }
}
