using System.Text.Json;
using System.Text.Json.Serialization;

namespace AgentOperator.Kube.Models;

/// <summary>Reads whole numbers in every form that JSON allows, <c>1.0</c> and <c>1e3</c> too; a fraction is an error.</summary>
public sealed class Int32JsonConverter : JsonConverter<int>
{
    public override int Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TryGetInt32(out int value))
        {
            return value;
        }

        return reader.TryGetDecimal(out decimal number) && decimal.IsInteger(number) && number is >= int.MinValue and <= int.MaxValue
            ? (int)number
            : throw new JsonException("A whole number of 32 bits was expected.");
    }

    public override void Write(Utf8JsonWriter writer, int value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteNumberValue(value);
    }
}
