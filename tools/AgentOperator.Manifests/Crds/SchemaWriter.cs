using System.Text.Json.Nodes;
using AgentOperator.Manifests.Schemas;
using Range = AgentOperator.Manifests.Schemas.Range;

namespace AgentOperator.Manifests.Crds;

/// <summary>A schema as OpenAPI v3 JSON, in the order in which a person reads it.</summary>
internal static class SchemaWriter
{
    public static JsonObject Write(SchemaNode node)
    {
        var json = new JsonObject();
        Set(json, "description", node.Description);
        Set(json, "type", node.Type);
        Set(json, "format", node.Format);
        Set(json, "pattern", node.Pattern);
        WriteValues(json, node);
        WriteSize(json, node);
        WriteExtensions(json, node);
        if (node.Validations.Count > 0)
        {
            json["x-kubernetes-validations"] = new JsonArray([.. node.Validations.Select(WriteRule)]);
        }

        WriteChildren(json, node);
        return json;
    }

    private static void WriteValues(JsonObject json, SchemaNode node)
    {
        if (node.Enum.Count > 0)
        {
            json["enum"] = Strings(node.Enum);
        }

        if (node.Value is { } range)
        {
            json["minimum"] = range.Minimum;
            WriteMaximum(json, "maximum", range);
        }

        if (node.IntOrString)
        {
            json["anyOf"] = new JsonArray(new JsonObject { ["type"] = "integer" }, new JsonObject { ["type"] = "string" });
        }
    }

    private static void WriteSize(JsonObject json, SchemaNode node)
    {
        if (node.Size is not { } size)
        {
            return;
        }

        string unit = node switch
        {
            { Type: "array" } => "Items",
            { AdditionalProperties: not null } => "Properties",
            _ => "Length",
        };
        if (size.Minimum > 0)
        {
            json[$"min{unit}"] = size.Minimum;
        }

        WriteMaximum(json, $"max{unit}", size);
    }

    private static void WriteMaximum(JsonObject json, string key, Range range)
    {
        if (range.Maximum < long.MaxValue)
        {
            json[key] = range.Maximum;
        }
    }

    private static void WriteExtensions(JsonObject json, SchemaNode node)
    {
        Set(json, "x-kubernetes-list-type", node.ListType);
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
        Set(json, "messageExpression", rule.MessageExpression);
        Set(json, "fieldPath", rule.FieldPath);
        return json;
    }

    private static void WriteChildren(JsonObject json, SchemaNode node)
    {
        List<string> required = [.. node.Properties.Where(property => property.Required).Select(property => property.Name)];
        if (required.Count > 0)
        {
            json["required"] = Strings(required);
        }

        if (node.Properties.Count > 0)
        {
            json["properties"] = new JsonObject(
                node.Properties.Select(property => KeyValuePair.Create<string, JsonNode?>(property.Name, Write(property.Schema))));
        }

        if (node.Items is { } items)
        {
            json["items"] = Write(items);
        }

        if (node.AdditionalProperties is { } values)
        {
            json["additionalProperties"] = Write(values);
        }
    }

    private static void Set(JsonObject json, string key, string? value)
    {
        if (value is not null)
        {
            json[key] = value;
        }
    }

    private static JsonArray Strings(IReadOnlyList<string> values) => new([.. values.Select(value => JsonValue.Create(value))]);
}
