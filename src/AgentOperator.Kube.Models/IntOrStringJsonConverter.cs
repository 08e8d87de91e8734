using System.Text.Json;
using System.Text.Json.Serialization;

namespace AgentOperator.Kube.Models;

/// <summary>Keeps the form that the value was written in.</summary>
public sealed class IntOrStringJsonConverter : JsonConverter<IntOrString>
{
    private static readonly Int32JsonConverter Integer = new();

    public override IntOrString Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.Number => Integer.Read(ref reader, typeof(int), options),
        JsonTokenType.String => reader.GetString()!,
        _ => throw new JsonException("A number or text was expected."),
    };

    public override void Write(Utf8JsonWriter writer, IntOrString value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        if (value.Number is { } number)
        {
            writer.WriteNumberValue(number);
        }
        else
        {
            writer.WriteStringValue(value.Text);
        }
    }
}
