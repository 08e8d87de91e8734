using System.Buffers;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace AgentOperator.Kube.Writing;

/// <summary>Bodies of requests.</summary>
internal static class JsonBody
{
    private static readonly JsonWriterOptions Options = new() { Encoder = YamlSafeEncoder.Instance };

    /// <summary>The value as JSON that is YAML as well.</summary>
    public static HttpContent Of<T>(T value, JsonTypeInfo<T> typeInfo, string mediaType)
    {
        ArrayBufferWriter<byte> buffer = new(1024);
        using (Utf8JsonWriter writer = new(buffer, Options))
        {
            JsonSerializer.Serialize(writer, value, typeInfo);
        }

        ReadOnlyMemoryContent content = new(buffer.WrittenMemory);
        content.Headers.ContentType = new MediaTypeHeaderValue(mediaType);
        return content;
    }
}
