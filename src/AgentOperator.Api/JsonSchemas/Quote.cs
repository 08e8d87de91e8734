using System.Text.Json;

namespace AgentOperator.Api.JsonSchemas;

/// <summary>Values as messages show them.</summary>
internal static class Quote
{
    private const int MaxLength = 60;

    public static string Of(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        _ => Short(value.GetRawText()),
    };

    public static string Of(string text) => $"\"{Short(text)}\"";

    /// <summary>The allowed values of an enumeration, the first ten.</summary>
    public static string List(IReadOnlyCollection<string> items) =>
        string.Join(", ", items.Take(10)) + (items.Count > 10 ? $", … ({items.Count} in all)" : "");

    private static string Short(string text)
    {
        if (text.Length <= MaxLength)
        {
            return text;
        }

        // Never between the halves of a surrogate pair.
        return text[..(char.IsHighSurrogate(text[MaxLength - 1]) ? MaxLength - 1 : MaxLength)] + "…";
    }
}
