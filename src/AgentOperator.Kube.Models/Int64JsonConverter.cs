using System.Text.Json;
using System.Text.Json.Serialization;

namespace AgentOperator.Kube.Models;

/// <summary>Reads whole numbers in every form that JSON allows, <c>1.0</c> and <c>1e3</c> too; a fraction is an error.</summary>
public sealed class Int64JsonConverter : JsonConverter<long>
{
    public override long Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TryGetInt64(out long value))
        {
            return value;
        }

        return reader.TryGetDecimal(out decimal number) && decimal.IsInteger(number) && number is >= long.MinValue and <= long.MaxValue
            ? (long)number
            : throw new JsonException("A whole number of 64 bits was expected.");
    }

    public override void Write(Utf8JsonWriter writer, long value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteNumberValue(value);
    }
}
