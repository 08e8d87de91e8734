using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace AgentOperator.Local.Dapr.Api;

/// <summary>A request to a sidecar: its path in parts, without empty ones, decoded as a query is: that is how Dapr does it.</summary>
internal sealed class ApiRequest
{
    private const string MetadataPrefix = "metadata.";

    public ApiRequest(HttpContext http)
    {
        Http = http;
        string target = http.Features.Get<IHttpRequestFeature>()?.RawTarget ?? http.Request.Path.Value ?? "/";
        int query = target.IndexOf('?', StringComparison.Ordinal);
        string path = query < 0 ? target : target[..query];
        RawSegments = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        Segments = [.. RawSegments.Select(static segment => Uri.UnescapeDataString(segment.Replace('+', ' ')))];
        IsFolder = path.EndsWith('/') && RawSegments.Length > 0;
    }

    public HttpContext Http { get; }

    public string[] Segments { get; }

    /// <summary>As they came, percent signs and all.</summary>
    public string[] RawSegments { get; }

    /// <summary>The path ends with a slash.</summary>
    public bool IsFolder { get; }

    public string Method => Http.Request.Method;

    public CancellationToken Cancellation => Http.RequestAborted;

    public bool IsWrite => HttpMethods.IsPost(Method) || HttpMethods.IsPut(Method);

    /// <summary><c>metadata.NAME=VALUE</c> of the query.</summary>
    public Dictionary<string, string> Metadata() => Http.Request.Query
        .Where(static entry => entry.Key.StartsWith(MetadataPrefix, StringComparison.OrdinalIgnoreCase))
        .ToDictionary(static entry => entry.Key[MetadataPrefix.Length..], static entry => entry.Value.ToString(), StringComparer.OrdinalIgnoreCase);

    /// <summary>The query's metadata over those of the body.</summary>
    public Dictionary<string, string> Metadata(IReadOnlyDictionary<string, string>? body)
    {
        Dictionary<string, string> all = new(body ?? new Dictionary<string, string>(StringComparer.Ordinal), StringComparer.OrdinalIgnoreCase);
        foreach ((string key, string value) in Metadata())
        {
            all[key] = value;
        }

        return all;
    }

    public async Task<byte[]> BodyAsync()
    {
        using MemoryStream body = new();
        await Http.Request.Body.CopyToAsync(body, Cancellation);
        return body.ToArray();
    }

    /// <exception cref="JsonException">The body is not of this shape.</exception>
    public async Task<T> BodyAsync<T>(JsonTypeInfo<T> type)
        where T : class =>
        JsonSerializer.Deserialize(await BodyAsync(), type) ?? throw new JsonException("the body is null");

    public Task JsonAsync(JsonNode body, int status = 200) => BytesAsync(System.Text.Encoding.UTF8.GetBytes(body.ToJsonString()), "application/json", status);

    public async Task BytesAsync(ReadOnlyMemory<byte> body, string contentType, int status = 200)
    {
        Http.Response.StatusCode = status;
        Http.Response.ContentType = contentType;
        Http.Response.ContentLength = body.Length;
        await Http.Response.Body.WriteAsync(body, Cancellation);
    }

    public void Empty(int status = StatusCodes.Status204NoContent) => Http.Response.StatusCode = status;

    public static string Time(DateTimeOffset time) => time.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
