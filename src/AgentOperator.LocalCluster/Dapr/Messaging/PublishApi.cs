using System.Text;
using System.Text.Json;
using AgentOperator.Local.Dapr.Api;
using AgentOperator.Local.Dapr.Components;

namespace AgentOperator.Local.Dapr.Messaging;

/// <summary><c>/v1.0/publish</c>.</summary>
internal sealed class PublishApi(DaprMesh mesh, string appId, string ns, Func<ComponentSet> components)
{
    public async Task PublishAsync(ApiRequest request, string pubsub, string topic)
    {
        Check(pubsub, topic);
        Dictionary<string, string> metadata = request.Metadata();
        bool isRaw = IsRaw(pubsub, metadata);
        byte[] data = await request.BodyAsync();
        string contentType = request.Http.Request.ContentType is { Length: > 0 } given ? given : "text/plain";
        Message message = new(isRaw ? data : Envelope(data, contentType, pubsub, topic, Trace(request), metadata), metadata);
        mesh.BrokerOf(ns, pubsub).Publish(topic, message);
        request.Empty();
    }

    public async Task BulkAsync(ApiRequest request, string pubsub, string topic)
    {
        Check(pubsub, topic);
        Dictionary<string, string> common = request.Metadata();
        bool isRaw = IsRaw(pubsub, common);
        List<BulkPublishEntry> entries = await ReadAsync(request, pubsub, topic);
        TraceFields trace = Trace(request);
        List<Message> messages = [];
        foreach (BulkPublishEntry entry in entries)
        {
            Dictionary<string, string> metadata = request.Metadata(entry.Metadata);
            string contentType = entry.ContentType is { Length: > 0 } given ? given : "text/plain";
            byte[] data = Data(entry, contentType, pubsub, topic);
            messages.Add(new Message(isRaw ? data : Envelope(data, contentType, pubsub, topic, trace, metadata), metadata));
        }

        Broker broker = mesh.BrokerOf(ns, pubsub);
        messages.ForEach(message => broker.Publish(topic, message));
        request.Empty();
    }

    private static async Task<List<BulkPublishEntry>> ReadAsync(ApiRequest request, string pubsub, string topic)
    {
        List<BulkPublishEntry> entries;
        try
        {
            entries = await request.BodyAsync(DaprJsonContext.Default.ListBulkPublishEntry);
        }
        catch (JsonException error)
        {
            throw PubSubErrors.Events(pubsub, topic, error.Message);
        }

        HashSet<string> ids = new(StringComparer.Ordinal);
        foreach (BulkPublishEntry? entry in entries)
        {
            if (string.IsNullOrEmpty(entry?.EntryId) || !ids.Add(entry.EntryId))
            {
                throw PubSubErrors.Events(pubsub, topic, $"entryId is duplicated or not present for entry: {entry?.EntryId}");
            }
        }

        return entries;
    }

    private static byte[] Data(BulkPublishEntry entry, string contentType, string pubsub, string topic)
    {
        JsonElement value = entry.Event ?? default;
        if (CloudEvents.IsJson(contentType) && value.ValueKind != JsonValueKind.Undefined)
        {
            return Encoding.UTF8.GetBytes(value.GetRawText());
        }

        if (value.ValueKind != JsonValueKind.String)
        {
            throw PubSubErrors.Events(pubsub, topic, $"the event of entry {entry.EntryId} must be text for the content type {contentType}");
        }

        try
        {
            return CloudEvents.IsBinary(contentType) ? value.GetBytesFromBase64() : Encoding.UTF8.GetBytes(value.GetString()!);
        }
        catch (FormatException error)
        {
            throw PubSubErrors.Events(pubsub, topic, $"the event of entry {entry.EntryId} is not base64: {error.Message}");
        }
    }

    private static TraceFields Trace(ApiRequest request) =>
        new(request.Http.Request.Headers.TraceParent.FirstOrDefault() ?? TraceFields.None, request.Http.Request.Headers.TraceState.FirstOrDefault());

    private byte[] Envelope(byte[] data, string contentType, string pubsub, string topic, TraceFields trace, IReadOnlyDictionary<string, string> metadata)
    {
        try
        {
            return Encoding.UTF8.GetBytes(CloudEvents.Wrap(data, contentType, pubsub, topic, appId, trace, metadata, mesh.Time.GetUtcNow()).ToJsonString());
        }
        catch (JsonException error)
        {
            throw PubSubErrors.CloudEvent(pubsub, appId, error.Message);
        }
    }

    private bool IsRaw(string pubsub, Dictionary<string, string> metadata) => metadata.GetValueOrDefault("rawPayload")?.ToUpperInvariant() switch
    {
        null or "" => false,
        "TRUE" or "1" or "T" => true,
        "FALSE" or "0" or "F" => false,
        _ => throw PubSubErrors.Metadata(pubsub, appId, "rawPayload is not a boolean"),
    };

    private void Check(string pubsub, string topic)
    {
        ComponentSet set = components();
        if (pubsub.Length == 0)
        {
            throw PubSubErrors.NameEmpty(appId);
        }

        LoadedComponent component = set.PubSub(pubsub) ?? throw (set.Of(ComponentKinds.PubSub).Any() ? PubSubErrors.NotFound(pubsub, appId) : PubSubErrors.NotConfigured(pubsub, appId));
        if (topic.Length == 0)
        {
            throw PubSubErrors.TopicEmpty(pubsub, appId);
        }

        if (!new TopicScopes(component, appId).MayPublish(topic))
        {
            throw PubSubErrors.Forbidden(pubsub, topic, appId);
        }
    }
}
