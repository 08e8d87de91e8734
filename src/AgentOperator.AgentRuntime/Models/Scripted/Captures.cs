using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace AgentOperator.AgentRuntime.Models.Scripted;

/// <summary>Puts the groups of a rule's <c>matches</c> into its answer: <c>$1</c> to <c>$9</c>, <c>$$</c> for a dollar. Without a match nothing is replaced.</summary>
internal static class Captures
{
    public static string Fill(string text, Match? match)
    {
        if (match is null || !text.Contains('$', StringComparison.Ordinal))
        {
            return text;
        }

        StringBuilder filled = new();
        for (int at = 0; at < text.Length; at++)
        {
            char next = at + 1 < text.Length ? text[at + 1] : '\0';
            if (text[at] != '$' || next is not ('$' or (>= '1' and <= '9')))
            {
                filled.Append(text[at]);
                continue;
            }

            filled.Append(next == '$' ? "$" : match.Groups[next - '0'].Value);
            at++;
        }

        return filled.ToString();
    }

    /// <summary>A copy with every string filled; values stay strings, so nothing that was said can become structure.</summary>
    public static JsonNode? Fill(JsonNode? node, Match? match) => node switch
    {
        JsonObject map => new JsonObject(map.Select(entry => KeyValuePair.Create(entry.Key, Fill(entry.Value, match)))),
        JsonArray list => new JsonArray([.. list.Select(item => Fill(item, match))]),
        JsonValue value when value.TryGetValue(out string? text) => JsonValue.Create(Fill(text, match)),
        _ => node?.DeepClone(),
    };
}
