using System.Text.Json.Nodes;

namespace AgentOperator.Local.Dapr.Api;

/// <summary>A request that is answered with one of Dapr's errors.</summary>
/// <param name="status">HTTP status.</param>
/// <param name="errorCode">Dapr's name of it, <c>ERR_STATE_GET</c>.</param>
/// <param name="message">For people.</param>
/// <param name="details">google.rpc details of the APIs that have them; null for the simple shape.</param>
internal sealed class DaprApiException(int status, string errorCode, string message, JsonArray? details = null) : Exception(message)
{
    public int Status => status;

    public string ErrorCode => errorCode;

    public JsonObject ToJson()
    {
        JsonObject body = new() { ["errorCode"] = errorCode, ["message"] = Message };
        if (details is not null)
        {
            body["details"] = details.DeepClone();
        }

        return body;
    }
}
