using System.Text.Json;
using AgentOperator.Api.Workflows;

namespace AgentOperator.Workflows.Results;

/// <summary>Types of values, as JSON Schema names them.</summary>
internal static class JsonType
{
    /// <summary>True when the value is of the declared type; 1.0 is an integer, as in JSON Schema.</summary>
    public static bool Matches(string type, JsonElement value) => type switch
    {
        ValueTypes.String => value.ValueKind == JsonValueKind.String,
        ValueTypes.Integer => value.ValueKind == JsonValueKind.Number && (value.TryGetInt64(out _) || IsWhole(value.GetDouble())),
        ValueTypes.Number => value.ValueKind == JsonValueKind.Number,
        ValueTypes.Boolean => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        ValueTypes.Object => value.ValueKind == JsonValueKind.Object,
        ValueTypes.Array => value.ValueKind == JsonValueKind.Array,
        _ => false,
    };

    /// <summary>Beyond 2^53 a double no longer tells one integer from the next.</summary>
    private static bool IsWhole(double value) => double.IsInteger(value) && Math.Abs(value) <= 9007199254740992;

    /// <summary>What a value is, for messages.</summary>
    public static string NameOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => "a string",
        JsonValueKind.Number => "a number",
        JsonValueKind.True or JsonValueKind.False => "a boolean",
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        _ => "null",
    };
}
