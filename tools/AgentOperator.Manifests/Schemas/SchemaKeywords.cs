using System.Text.Json.Nodes;

namespace AgentOperator.Manifests.Schemas;

/// <summary>What OpenAPI v3 and JSON Schema have in common, in the order in which a person reads it.</summary>
internal static class SchemaKeywords
{
    /// <summary>Description, type and bounds.</summary>
    public static void Add(JsonObject json, SchemaNode node, string? pattern)
    {
        Set(json, "description", node.Description);
        Set(json, "type", node.Type);
        Set(json, "format", node.Format);
        Set(json, "pattern", pattern);
        AddValues(json, node);
        AddSize(json, node);
    }

    /// <summary>Properties, items and values.</summary>
    public static void AddChildren(JsonObject json, SchemaNode node, Func<SchemaNode, JsonObject> write)
    {
        List<string> required = [.. node.Properties.Where(property => property.Required).Select(property => property.Name)];
        if (required.Count > 0)
        {
            json["required"] = Strings(required);
        }

        if (node.Properties.Count > 0)
        {
            json["properties"] = new JsonObject(
                node.Properties.Select(property => KeyValuePair.Create<string, JsonNode?>(property.Name, write(property.Schema))));
        }

        if (node.Items is { } items)
        {
            json["items"] = write(items);
        }

        if (node.AdditionalProperties is { } values)
        {
            json["additionalProperties"] = write(values);
        }
    }

    public static void Set(JsonObject json, string key, string? value)
    {
        if (value is not null)
        {
            json[key] = value;
        }
    }

    private static void AddValues(JsonObject json, SchemaNode node)
    {
        if (node.Enum.Count > 0)
        {
            json["enum"] = Strings(node.Enum);
        }

        if (node.Value is { } range)
        {
            json["minimum"] = range.Minimum;
            AddMaximum(json, "maximum", range);
        }

        if (node.IntOrString)
        {
            json["anyOf"] = new JsonArray(new JsonObject { ["type"] = "integer" }, new JsonObject { ["type"] = "string" });
        }
    }

    private static void AddSize(JsonObject json, SchemaNode node)
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

        AddMaximum(json, $"max{unit}", size);
    }

    private static void AddMaximum(JsonObject json, string key, Range range)
    {
        if (range.Maximum < long.MaxValue)
        {
            json[key] = range.Maximum;
        }
    }

    private static JsonArray Strings(IReadOnlyList<string> values) => new([.. values.Select(value => JsonValue.Create(value))]);
}
