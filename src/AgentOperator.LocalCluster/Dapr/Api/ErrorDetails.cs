using System.Text.Json.Nodes;

namespace AgentOperator.Local.Dapr.Api;

/// <summary>Details as of google.rpc, in the order in which Dapr writes them.</summary>
internal static class ErrorDetails
{
    private const string TypePrefix = "type.googleapis.com/google.rpc.";

    public static JsonObject Info(string reason, params ReadOnlySpan<(string Key, string Value)> metadata)
    {
        JsonObject entries = [];
        foreach ((string key, string value) in metadata)
        {
            entries[key] = value;
        }

        return new JsonObject { ["@type"] = TypePrefix + "ErrorInfo", ["domain"] = "dapr.io", ["metadata"] = entries, ["reason"] = reason };
    }

    public static JsonObject Resource(string type, string name, string description) => new()
    {
        ["@type"] = TypePrefix + "ResourceInfo",
        ["description"] = description,
        ["owner"] = "",
        ["resource_name"] = name,
        ["resource_type"] = type,
    };

    public static JsonObject BadField(string field, string description) => new()
    {
        ["@type"] = TypePrefix + "BadRequest",
        ["field_violations"] = new JsonArray(new JsonObject { ["field"] = field, ["description"] = description }),
    };
}
