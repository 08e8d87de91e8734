using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using AgentOperator.Kube.Patching;

namespace AgentOperator.Local;

/// <summary>A merge patch that turns one status into another, for this very object.</summary>
internal static class StatusPatch
{
    /// <summary>Null when the two are equal.</summary>
    public static Patch? Between<TStatus>(string uid, TStatus? before, TStatus after, JsonTypeInfo<TStatus> typeInfo)
        where TStatus : class
    {
        JsonObject old = before is null ? [] : JsonSerializer.SerializeToNode(before, typeInfo)!.AsObject();
        JsonObject wanted = JsonSerializer.SerializeToNode(after, typeInfo)!.AsObject();
        JsonObject changes = [];
        foreach ((string name, JsonNode? value) in wanted)
        {
            if (!JsonNode.DeepEquals(old[name], value))
            {
                changes[name] = value?.DeepClone();
            }
        }

        foreach ((string name, JsonNode? _) in old)
        {
            if (!wanted.ContainsKey(name))
            {
                changes[name] = null;
            }
        }

        if (changes.Count == 0)
        {
            return null;
        }

        JsonObject patch = new() { ["metadata"] = new JsonObject { ["uid"] = uid }, ["status"] = changes };
        return Patch.Merge(JsonSerializer.SerializeToUtf8Bytes(patch, LocalJsonContext.Default.JsonObject));
    }
}
