using System.Text.Json.Nodes;

namespace AgentOperator.Local.Dapr.Api;

/// <summary>Errors of publishing.</summary>
internal static class PubSubErrors
{
    public static DaprApiException NotConfigured(string pubsub, string appId) =>
        new(400, "ERR_PUBSUB_NOT_CONFIGURED", $"pubsub {pubsub} is not configured", [ErrorDetails.Info("DAPR_PUBSUB_NOT_CONFIGURED", ("appID", appId))]);

    public static DaprApiException NotFound(string pubsub, string appId) =>
        new(404, "ERR_PUBSUB_NOT_FOUND", $"pubsub {pubsub} is not found", [ErrorDetails.Info("DAPR_PUBSUB_NOT_FOUND", ("appID", appId))]);

    public static DaprApiException NameEmpty(string appId) => Rich(404, "ERR_PUBSUB_EMPTY", "DAPR_PUBSUB_NAME_EMPTY", "", "pubsub name is empty", ("appID", appId));

    public static DaprApiException TopicEmpty(string pubsub, string appId) =>
        Rich(404, "ERR_TOPIC_NAME_EMPTY", "DAPR_PUBSUB_TOPIC_NAME_EMPTY", pubsub, $"topic is empty in pubsub {pubsub}", ("appID", appId));

    public static DaprApiException Forbidden(string pubsub, string topic, string appId) =>
        Rich(403, "ERR_PUBSUB_FORBIDDEN", "DAPR_PUBSUB_FORBIDDEN", pubsub, $"topic {topic} is not allowed for app id {appId}", ("topic", topic), ("error", $"topic {topic} is not allowed for app id {appId}"));

    public static DaprApiException Metadata(string pubsub, string appId, string message) =>
        Rich(400, "ERR_PUBSUB_REQUEST_METADATA", "DAPR_PUBSUB_METADATA_DESERIALIZATION", pubsub, $"failed deserializing metadata. Error: {message}", ("appID", appId));

    public static DaprApiException CloudEvent(string pubsub, string appId, string message) =>
        Rich(500, "ERR_PUBSUB_CLOUD_EVENTS_SER", "DAPR_PUBSUB_CLOUD_EVENT_CREATION", pubsub, "cannot create cloudevent", ("appID", appId), ("error", message));

    public static DaprApiException Events(string pubsub, string topic, string message) =>
        Rich(400, "ERR_PUBSUB_EVENTS_SER", "DAPR_PUBSUB_UNMARSHAL_EVENTS", pubsub, $"error when unmarshaling the request for topic {topic} pubsub {pubsub}: {message}", ("topic", topic));

    private static DaprApiException Rich(int status, string code, string reason, string pubsub, string message, params ReadOnlySpan<(string Key, string Value)> metadata) =>
        new(status, code, message, new JsonArray(ErrorDetails.Info(reason, metadata), ErrorDetails.Resource("pubsub", pubsub, message)));
}
