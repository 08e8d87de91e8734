using System.Text.Json.Nodes;

namespace AgentOperator.Local.Dapr.Api;

/// <summary>Errors of the state API.</summary>
internal static class StateErrors
{
    public static DaprApiException NotConfigured(string store, string appId) =>
        new(500, "ERR_STATE_STORE_NOT_CONFIGURED", $"state store {store} is not configured", [ErrorDetails.Info("DAPR_STATE_NOT_CONFIGURED", ("appID", appId))]);

    public static DaprApiException NotFound(string store, string appId) =>
        new(400, "ERR_STATE_STORE_NOT_FOUND", $"state store {store} is not found", [ErrorDetails.Info("DAPR_STATE_NOT_FOUND", ("appID", appId))]);

    public static DaprApiException IllegalKey(string store, string key)
    {
        string message = $"input key/keyPrefix '{key}' can't contain '||'";
        return new DaprApiException(400, "ERR_MALFORMED_REQUEST", message, new JsonArray(ErrorDetails.Info("DAPR_STATE_ILLEGAL_KEY"), ErrorDetails.Resource("state", store, ""), ErrorDetails.BadField(key, message)));
    }

    public static DaprApiException Malformed(string message) => new(400, "ERR_MALFORMED_REQUEST", $"failed deserializing HTTP body: {message}");

    public static DaprApiException QueryUnsupported(string store) =>
        new(500, "ERR_STATE_STORE_NOT_SUPPORTED", "state store does not support querying", new JsonArray(ErrorDetails.Info("DAPR_STATE_QUERYING_NOT_SUPPORTED"), ErrorDetails.Resource("state", store, "")));

    public static DaprApiException UnknownOperation(string operation) => new(400, "ERR_NOT_SUPPORTED_STATE_OPERATION", $"operation type {operation} not supported");
}
