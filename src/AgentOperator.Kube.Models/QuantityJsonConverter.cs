using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace AgentOperator.Kube.Models;

/// <summary>A quantity is text, but a bare JSON number is read as well (<c>cpu: 2</c> in YAML).</summary>
public sealed class QuantityJsonConverter : JsonConverter<Quantity>
{
    public override Quantity Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.String => new Quantity(reader.GetString()!),
        JsonTokenType.Number => new Quantity(reader.HasValueSequence
            ? Encoding.UTF8.GetString(System.Buffers.BuffersExtensions.ToArray(reader.ValueSequence))
            : Encoding.UTF8.GetString(reader.ValueSpan)),
        _ => throw new JsonException("A quantity must be a string such as \"500m\", or a number."),
    };

    public override void Write(Utf8JsonWriter writer, Quantity value, JsonSerializerOptions options) => writer.WriteStringValue(value.Text);
}
