using System.Text.Json;
using System.Text.Json.Nodes;

namespace AgentOperator.Workflows.Templates;

/// <summary>JSON whose texts may hold <c>{{ }}</c>: a text that is one whole <c>{{ }}</c> becomes the value itself, of whatever type.</summary>
internal static class JsonTemplate
{
    /// <summary>The texts that may hold <c>{{ }}</c>, with where they are.</summary>
    public static IEnumerable<(string Path, string Text)> Texts(string path, JsonElement? json) => json switch
    {
        { ValueKind: JsonValueKind.String } text => [(path, text.GetString()!)],
        { ValueKind: JsonValueKind.Array } array => array.EnumerateArray().SelectMany((item, index) => Texts($"{path}[{index}]", item)),
        { ValueKind: JsonValueKind.Object } map => map.EnumerateObject().SelectMany(property => Texts($"{path}.{property.Name}", property.Value)),
        _ => [],
    };

    /// <summary>The JSON with its values.</summary>
    public static JsonElement Render(JsonElement json, IValueScope scope, Func<string, IExpression>? language = null) => JsonSerializer.SerializeToElement(Build(json, scope, language), LanguageJsonContext.Default.JsonNode);

    private static JsonNode? Build(JsonElement json, IValueScope scope, Func<string, IExpression>? language)
    {
        switch (json.ValueKind)
        {
            case JsonValueKind.String:
                return NodeOf(TemplateText.Parse(json.GetString()!, language).Value(scope));
            case JsonValueKind.Array:
                return new JsonArray([.. json.EnumerateArray().Select(item => Build(item, scope, language))]);
            case JsonValueKind.Object:
                JsonObject map = [];
                foreach (JsonProperty property in json.EnumerateObject())
                {
                    // Of a key that is there twice, the last one counts, as everywhere in Kubernetes.
                    map[property.Name] = Build(property.Value, scope, language);
                }

                return map;
            default:
                return NodeOf(json);
        }
    }

    private static JsonNode? NodeOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => JsonObject.Create(value),
        JsonValueKind.Array => JsonArray.Create(value),
        JsonValueKind.Null or JsonValueKind.Undefined => null,
        _ => JsonValue.Create(value),
    };
}
