using System.Text.Json.Nodes;

namespace AgentOperator.Manifests.Editors;

/// <summary>What users write into metadata; the rest, which the API server fills in, is let through.</summary>
internal static class MetadataSchema
{
    private const string Subdomain = @"^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$";

    public static JsonObject Write() => new()
    {
        ["type"] = "object",
        ["anyOf"] = new JsonArray(
            new JsonObject { ["required"] = new JsonArray("name") },
            new JsonObject { ["required"] = new JsonArray("generateName") }),
        ["properties"] = new JsonObject
        {
            ["name"] = Text("Name, unique among the objects of its kind in the namespace.", Subdomain),
            ["generateName"] = Text("Beginning of a name that the API server completes; only for kubectl create."),
            ["namespace"] = Text("Namespace; that of the kubectl context if absent.", "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$"),
            ["labels"] = Texts("Key-value pairs to select objects by."),
            ["annotations"] = Texts("Key-value pairs for tools."),
        },
    };

    private static JsonObject Text(string description, string? pattern = null)
    {
        var json = new JsonObject { ["description"] = description, ["type"] = "string", ["maxLength"] = 253 };
        if (pattern is not null)
        {
            json["pattern"] = pattern;
        }

        return json;
    }

    private static JsonObject Texts(string description) => new()
    {
        ["description"] = description,
        ["type"] = "object",
        ["additionalProperties"] = new JsonObject { ["type"] = "string" },
    };
}
