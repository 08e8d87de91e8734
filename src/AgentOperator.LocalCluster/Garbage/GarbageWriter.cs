using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using AgentOperator.Kube;
using AgentOperator.Kube.Models;
using AgentOperator.Local.Requests;

namespace AgentOperator.Local.Garbage;

/// <summary>The garbage collector's writes: each holds for the very version that was decided from.</summary>
internal sealed class GarbageWriter(RawClient client)
{
    public Task DeleteAsync(GraphNode node, string policy, CancellationToken cancellation)
    {
        JsonObject options = new()
        {
            ["apiVersion"] = "v1",
            ["kind"] = "DeleteOptions",
            ["propagationPolicy"] = policy,
            ["preconditions"] = new JsonObject { ["uid"] = node.Uid, ["resourceVersion"] = node.Item.Metadata.ResourceVersion },
        };
        return SendAsync(HttpMethod.Delete, node, options, RawClient.Json, cancellation);
    }

    public Task DisownAsync(GraphNode node, Func<OwnerReference, bool> isLost, CancellationToken cancellation)
    {
        OwnerReference[] kept = [.. node.Item.Metadata.OwnerReferences!.Where(owner => !isLost(owner))];
        return PatchAsync(node, "ownerReferences", JsonSerializer.SerializeToNode(kept, LocalJsonContext.Default.OwnerReferenceArray)!, cancellation);
    }

    public Task RemoveFinalizerAsync(GraphNode node, string finalizer, CancellationToken cancellation)
    {
        JsonArray kept = [.. node.Item.Metadata.Finalizers!.Where(name => name != finalizer).Select(static name => (JsonNode)name)];
        return PatchAsync(node, "finalizers", kept, cancellation);
    }

    /// <summary>The object as it is now; null when it is gone or another one has its name.</summary>
    public async Task<MetadataObject?> FindAsync(ServedKind kind, ObjectKey key, string uid, CancellationToken cancellation)
    {
        byte[]? body = await client.FindAsync(kind.Object(key), RawClient.MetadataOnly, cancellation);
        return body is not null && JsonSerializer.Deserialize(body, LocalJsonContext.Default.MetadataObject) is { } found && found.Metadata.Uid == uid ? found : null;
    }

    private Task PatchAsync(GraphNode node, string field, JsonNode value, CancellationToken cancellation)
    {
        JsonObject patch = new()
        {
            ["metadata"] = new JsonObject { ["uid"] = node.Uid, ["resourceVersion"] = node.Item.Metadata.ResourceVersion, [field] = value },
        };
        return SendAsync(HttpMethod.Patch, node, patch, "application/merge-patch+json", cancellation);
    }

    private async Task SendAsync(HttpMethod method, GraphNode node, JsonObject body, string mediaType, CancellationToken cancellation)
    {
        try
        {
            using ByteArrayContent content = RawClient.Content(Encoding.UTF8.GetBytes(body.ToJsonString()), mediaType);
            await client.SendAsync(method, node.Kind.Object(node.Item.Key()), RawClient.MetadataOnly, content, cancellation);
        }
        catch (KubeApiException error) when (error.IsNotFound)
        {
            // Somebody else was quicker, which is what was wanted.
            return;
        }
    }
}
