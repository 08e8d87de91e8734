using System.Globalization;
using System.Text.Json;

namespace AgentOperator.Api.JsonSchemas;

/// <summary>RFC 6901.</summary>
internal static class JsonPointer
{
    public static string Escape(string segment) => segment.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    /// <summary>What the pointer names in the document, or null.</summary>
    public static JsonElement? Find(JsonElement document, string pointer)
    {
        JsonElement place = document;
        foreach (string escaped in pointer.Split('/').Skip(1))
        {
            string segment = escaped.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            if (place.ValueKind == JsonValueKind.Object && place.TryGetProperty(segment, out JsonElement property))
            {
                place = property;
            }
            else if (place.ValueKind == JsonValueKind.Array && int.TryParse(segment, NumberStyles.None, CultureInfo.InvariantCulture, out int index) && index < place.GetArrayLength())
            {
                place = place[index];
            }
            else
            {
                return null;
            }
        }

        return place;
    }
}
