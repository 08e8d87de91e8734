using System.Text.Json.Nodes;
using AgentOperator.Manifests.Schemas;

namespace AgentOperator.Manifests.Crds;

/// <summary>The schema of a whole object: what the API server itself fills in stands before the kind's own properties.</summary>
internal static class RootSchema
{
    public static JsonObject Write(SchemaNode kind)
    {
        JsonObject root = SchemaWriter.Write(kind);
        var properties = (JsonObject)root["properties"]!;
        properties.Insert(0, "apiVersion", Text("Group and version of the kind, as group/version."));
        properties.Insert(1, "kind", Text("Name of the kind."));
        properties.Insert(2, "metadata", new JsonObject { ["type"] = "object" });
        return root;
    }

    private static JsonObject Text(string description) => new() { ["description"] = description, ["type"] = "string" };
}
