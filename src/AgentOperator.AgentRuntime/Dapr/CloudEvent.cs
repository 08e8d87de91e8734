using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace AgentOperator.AgentRuntime.Dapr;

/// <summary>A message that the sidecar delivers (CloudEvents 1.0, structured JSON).</summary>
internal sealed record CloudEvent
{
    public const string MediaType = "application/cloudevents+json";

    private const string Json = "application/json";

    public string Id { get => field ?? ""; init; }

    public string Source { get => field ?? ""; init; }

    public string Type { get => field ?? ""; init; }

    public string? Subject { get; init; }

    public string? Topic { get; init; }

    public string? PubSubName { get; init; }

    public string? TraceParent { get; init; }

    /// <summary>Of <see cref="Data"/>, without its charset.</summary>
    public required string DataContentType { get; init; }

    /// <summary>JSON for JSON types, otherwise the text or the bytes themselves.</summary>
    public required ReadOnlyMemory<byte> Data { get; init; }

    /// <summary>Reads the body of a delivery.</summary>
    /// <exception cref="FormatException">It is no CloudEvent: to be answered with 400.</exception>
    public static CloudEvent Parse(ReadOnlyMemory<byte> body, string? contentType)
    {
        if (!MediaTypeHeaderValue.TryParse(contentType, out MediaTypeHeaderValue? type) || !MediaType.Equals(type.MediaType, StringComparison.OrdinalIgnoreCase))
        {
            throw new FormatException($"a delivery is of type {MediaType}");
        }

        CloudEventBody read;
        try
        {
            read = JsonSerializer.Deserialize(body.Span, DaprJsonContext.Default.CloudEventBody) ?? throw new FormatException("a CloudEvent is a JSON object");
        }
        catch (JsonException error)
        {
            throw new FormatException("the CloudEvent is not JSON of its kind", error);
        }

        if (read is { Data: not null, DataBase64: not null })
        {
            throw new FormatException("a CloudEvent has data or data_base64, not both");
        }

        string dataType = MediaTypeHeaderValue.TryParse(read.DataContentType, out MediaTypeHeaderValue? given) && given.MediaType is { Length: > 0 } media ? media : Json;
        return new CloudEvent
        {
            Id = read.Id!,
            Source = read.Source!,
            Type = read.Type!,
            Subject = read.Subject,
            Topic = read.Topic,
            PubSubName = read.PubSubName,
            TraceParent = read.TraceParent,
            DataContentType = dataType,
            Data = read.DataBase64 ?? Bytes(read.Data, dataType),
        };
    }

    private static byte[] Bytes(JsonElement? data, string type) => data switch
    {
        null => [],
        { ValueKind: JsonValueKind.String } text when type != Json && !type.EndsWith("+json", StringComparison.OrdinalIgnoreCase) => Encoding.UTF8.GetBytes(text.GetString()!),
        { } json => Encoding.UTF8.GetBytes(json.GetRawText()),
    };
}
