using System.Text.Json.Nodes;
using AgentOperator.Manifests.Schemas;

namespace AgentOperator.Manifests.Crds;

/// <summary>A schema as OpenAPI v3 JSON, in the order in which a person reads it.</summary>
internal static class SchemaWriter
{
    public static JsonObject Write(SchemaNode node)
    {
        var json = new JsonObject();
        SchemaKeywords.Add(json, node, node.Pattern);
        WriteExtensions(json, node);
        if (node.Validations.Count > 0)
        {
            json["x-kubernetes-validations"] = new JsonArray([.. node.Validations.Select(WriteRule)]);
        }

        SchemaKeywords.AddChildren(json, node, Write);
        return json;
    }

    private static void WriteExtensions(JsonObject json, SchemaNode node)
    {
        SchemaKeywords.Set(json, "x-kubernetes-list-type", node.ListType);
        if (node.ListMapKey is { } key)
        {
            json["x-kubernetes-list-map-keys"] = new JsonArray(key);
        }

        if (node.IntOrString)
        {
            json["x-kubernetes-int-or-string"] = true;
        }

        if (node.PreserveUnknownFields)
        {
            json["x-kubernetes-preserve-unknown-fields"] = true;
        }
    }

    private static JsonObject WriteRule(ValidationRule rule)
    {
        var json = new JsonObject { ["rule"] = rule.Rule, ["message"] = rule.Message };
        SchemaKeywords.Set(json, "messageExpression", rule.MessageExpression);
        SchemaKeywords.Set(json, "fieldPath", rule.FieldPath);
        return json;
    }
}
