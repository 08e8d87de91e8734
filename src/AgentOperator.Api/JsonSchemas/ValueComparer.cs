using System.Text.Json;

namespace AgentOperator.Api.JsonSchemas;

/// <summary>Equality as JSON Schema has it: 1 equals 1.0, property order does not matter.</summary>
internal sealed class ValueComparer : IEqualityComparer<JsonElement>
{
    public static ValueComparer Instance { get; } = new();

    public bool Equals(JsonElement x, JsonElement y) => JsonElement.DeepEquals(x, y);

    public int GetHashCode(JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Number:
                return ExactNumber.Of(value).GetHashCode();
            case JsonValueKind.String:
                return value.GetString()!.GetHashCode(StringComparison.Ordinal);
            case JsonValueKind.Array:
                HashCode items = default;
                foreach (JsonElement item in value.EnumerateArray())
                {
                    items.Add(GetHashCode(item));
                }

                return items.ToHashCode();
            case JsonValueKind.Object:
                int sum = 0;
                foreach (JsonProperty property in value.EnumerateObject())
                {
                    sum += HashCode.Combine(property.Name, GetHashCode(property.Value));
                }

                return sum;
            default:
                return (int)value.ValueKind;
        }
    }
}
