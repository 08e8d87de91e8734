using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace AgentOperator.Kube.Patching;

/// <summary>A change of an object in one of the two formats that work on every kind.</summary>
public sealed class Patch
{
    private readonly byte[] _body;
    private readonly string _mediaType;

    private Patch(byte[] body, string mediaType)
    {
        _body = body;
        _mediaType = mediaType;
    }

    /// <summary>JSON merge patch (RFC 7396): null deletes, lists are replaced whole.</summary>
    public static Patch Merge<TBody>(TBody body, JsonTypeInfo<TBody> typeInfo) => new(JsonSerializer.SerializeToUtf8Bytes(body, typeInfo), "application/merge-patch+json");

    /// <summary>JSON merge patch from text.</summary>
    public static Patch Merge(ReadOnlySpan<byte> json) => new(json.ToArray(), "application/merge-patch+json");

    /// <summary>JSON patch (RFC 6902) from text: a failed <c>test</c> answers 422.</summary>
    public static Patch Json(ReadOnlySpan<byte> json) => new(json.ToArray(), "application/json-patch+json");

    internal ByteArrayContent ToContent()
    {
        ByteArrayContent content = new(_body);
        content.Headers.ContentType = new MediaTypeHeaderValue(_mediaType);
        return content;
    }
}
