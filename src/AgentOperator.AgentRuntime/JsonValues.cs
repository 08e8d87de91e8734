using System.Text.Json;
using System.Text.Json.Nodes;

namespace AgentOperator.AgentRuntime;

/// <summary>JSON values made of .NET ones.</summary>
internal static class JsonValues
{
    public static JsonElement EmptyObject { get; } = JsonElement.Parse("{}");

    public static JsonElement Of(string text) => JsonSerializer.SerializeToElement(text, AgentRuntimeJsonContext.Default.String);

    public static JsonElement Of(JsonNode? node) => node is null ? JsonElement.Parse("null") : JsonSerializer.SerializeToElement(node, AgentRuntimeJsonContext.Default.JsonNode);

    /// <summary>Arguments as a client of models gives them: elements, nodes, strings, numbers.</summary>
    public static JsonElement Of(IEnumerable<KeyValuePair<string, object?>>? arguments)
    {
        JsonObject fields = [];
        foreach ((string name, object? value) in arguments ?? [])
        {
            fields[name] = value switch
            {
                null => null,
                JsonElement element => JsonNode.Parse(element.GetRawText()),
                JsonNode node => node.DeepClone(),
                string text => text,
                bool flag => flag,
                int number => number,
                long number => number,
                double number => number,
                decimal number => number,
                _ => value.ToString(),
            };
        }

        return Of(fields);
    }
}
