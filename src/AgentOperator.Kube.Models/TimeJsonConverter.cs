using System.Text.Json;
using System.Text.Json.Serialization;

namespace AgentOperator.Kube.Models;

/// <summary>JSON form of <see cref="Time"/>; public because source-generated contexts of other assemblies use it.</summary>
public sealed class TimeJsonConverter : JsonConverter<Time>
{
    public override Time Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(reader.GetDateTimeOffset().ToUniversalTime());

    public override void Write(Utf8JsonWriter writer, Time value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}
