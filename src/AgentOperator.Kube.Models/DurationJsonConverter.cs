using System.Text.Json;
using System.Text.Json.Serialization;

namespace AgentOperator.Kube.Models;

/// <summary>JSON form of <see cref="Duration"/>; public because source-generated contexts of other assemblies use it.</summary>
public sealed class DurationJsonConverter : JsonConverter<Duration>
{
    public override Duration Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        new(reader.GetString() ?? throw new JsonException("A duration must be a string such as \"10m\"."));

    public override void Write(Utf8JsonWriter writer, Duration value, JsonSerializerOptions options) => writer.WriteStringValue(value.Text);
}
