using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AgentOperator.Local.Dapr.Messaging;

/// <summary>The envelope of what is published.</summary>
internal static class CloudEvents
{
    public const string MediaType = "application/cloudevents+json";
    public const string BinaryType = "application/octet-stream";

    private const string Overrides = "cloudevent.";
    private const string DefaultType = "com.dapr.event.sent";

    private static readonly string[] Overridable = ["id", "source", "type", "subject", "traceid", "traceparent", "tracestate"];

    /// <summary>Wraps data, or completes an event.</summary>
    /// <exception cref="JsonException">The content type says CloudEvent, and it is none.</exception>
    public static JsonObject Wrap(ReadOnlySpan<byte> data, string contentType, string pubsub, string topic, string appId, TraceFields trace, IReadOnlyDictionary<string, string> metadata, DateTimeOffset now)
    {
        JsonObject result = MediaTypeOf(contentType) == MediaType ? Complete(data, trace, now) : New(data, contentType, appId, trace, now);
        result["pubsubname"] = pubsub;
        result["topic"] = topic;
        foreach (string name in Overridable)
        {
            if (metadata.TryGetValue(Overrides + name, out string? value))
            {
                result[name] = value;
            }
        }

        if (metadata.TryGetValue("ttlInSeconds", out string? ttl) && int.TryParse(ttl, NumberStyles.None, CultureInfo.InvariantCulture, out int seconds))
        {
            result["expiration"] = Api.ApiRequest.Time(now + TimeSpan.FromSeconds(seconds));
        }

        return result;
    }

    /// <summary>The event of a message that was published raw.</summary>
    public static JsonObject WrapRaw(ReadOnlySpan<byte> data, string pubsub, string topic, DateTimeOffset now) => new()
    {
        ["data_base64"] = Convert.ToBase64String(data),
        ["datacontenttype"] = BinaryType,
        ["id"] = Guid.NewGuid().ToString(),
        ["pubsubname"] = pubsub,
        ["source"] = "Dapr",
        ["specversion"] = "1.0",
        ["time"] = Api.ApiRequest.Time(now),
        ["topic"] = topic,
        ["type"] = DefaultType,
    };

    public static bool HasExpired(JsonObject cloudEvent, DateTimeOffset now) =>
        Text(cloudEvent, "expiration") is { } text && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset expiration) && expiration < now;

    /// <summary>A text attribute; null when it is absent or something else.</summary>
    public static string? Text(JsonObject cloudEvent, string name) => cloudEvent[name] is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    public static bool IsJson(string contentType) => MediaTypeOf(contentType) is { } type && (type == "application/json" || type.EndsWith("+json", StringComparison.Ordinal));

    public static bool IsBinary(string contentType) => MediaTypeOf(contentType) == BinaryType;

    public static string MediaTypeOf(string contentType) => contentType.Split(';', 2)[0].Trim().ToLowerInvariant();

    /// <exception cref="JsonException">It is no object of JSON.</exception>
    public static JsonObject Parse(ReadOnlySpan<byte> data)
    {
        JsonObject parsed = JsonNode.Parse(data) as JsonObject ?? throw new JsonException("a CloudEvent is a JSON object");
        try
        {
            // Looks at the keys, which fails when one is there twice.
            _ = parsed.Count;
        }
        catch (ArgumentException error)
        {
            throw new JsonException(error.Message, error);
        }

        return parsed;
    }

    private static JsonObject Complete(ReadOnlySpan<byte> data, TraceFields trace, DateTimeOffset now)
    {
        JsonObject result = Parse(data);
        Fill(result, "time", Api.ApiRequest.Time(now));
        Fill(result, "traceid", trace.TraceParent);
        Fill(result, "traceparent", trace.TraceParent);
        Fill(result, "tracestate", trace.TraceState ?? "");
        Fill(result, "source", "Dapr");
        Fill(result, "type", DefaultType);
        Fill(result, "specversion", "1.0");
        return result;
    }

    private static void Fill(JsonObject cloudEvent, string name, string value)
    {
        if (cloudEvent[name] is null)
        {
            cloudEvent[name] = value;
        }
    }

    private static JsonObject New(ReadOnlySpan<byte> data, string contentType, string appId, TraceFields trace, DateTimeOffset now)
    {
        JsonObject result = [];
        if (IsBinary(contentType))
        {
            result["data_base64"] = Convert.ToBase64String(data);
        }
        else
        {
            result["data"] = IsJson(contentType) && TryParse(data, out JsonNode? value) ? value : Encoding.UTF8.GetString(data);
        }

        result["datacontenttype"] = contentType;
        result["id"] = Guid.NewGuid().ToString();
        result["source"] = appId;
        result["specversion"] = "1.0";
        result["time"] = Api.ApiRequest.Time(now);
        result["traceid"] = trace.TraceParent;
        result["traceparent"] = trace.TraceParent;
        result["tracestate"] = trace.TraceState ?? "";
        result["type"] = DefaultType;
        return result;
    }

    private static bool TryParse(ReadOnlySpan<byte> data, out JsonNode? value)
    {
        try
        {
            value = JsonNode.Parse(data);
            return true;
        }
        catch (JsonException)
        {
            value = null;
            return false;
        }
    }
}
