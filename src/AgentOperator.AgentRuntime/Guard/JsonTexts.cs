using System.Text.Json;
using System.Text.Json.Nodes;

namespace AgentOperator.AgentRuntime.Guard;

/// <summary>All strings of a JSON value.</summary>
internal static class JsonTexts
{
    /// <summary>True when a string, or the name of a field, fits.</summary>
    public static bool Any(JsonElement value, Func<string, bool> fits) => value.ValueKind switch
    {
        JsonValueKind.String => fits(value.GetString()!),
        JsonValueKind.Array => value.EnumerateArray().Any(item => Any(item, fits)),
        JsonValueKind.Object => value.EnumerateObject().Any(field => fits(field.Name) || Any(field.Value, fits)),
        _ => false,
    };

    /// <summary>The value with its strings replaced; names of fields stay.</summary>
    public static JsonElement Replace(JsonElement value, Func<string, string> replace) =>
        JsonValues.Of(Replaced(value, replace));

    private static JsonNode? Replaced(JsonElement value, Func<string, string> replace)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                return replace(value.GetString()!);
            case JsonValueKind.Array:
                return new JsonArray([.. value.EnumerateArray().Select(item => Replaced(item, replace))]);
            case JsonValueKind.Object:
                JsonObject fields = [];
                foreach (JsonProperty field in value.EnumerateObject())
                {
                    fields[field.Name] = Replaced(field.Value, replace);
                }

                return fields;
            default:
                return JsonNode.Parse(value.GetRawText());
        }
    }
}
