using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using AgentOperator.Kube;
using AgentOperator.Local.Requests;

namespace AgentOperator.Local.Namespaces;

/// <summary>Everything in a namespace, of whatever kind is served.</summary>
internal sealed class NamespaceContent(RawClient client)
{
    public const string Finalizer = "kubernetes";

    private const string Options = """{"apiVersion":"v1","kind":"DeleteOptions","propagationPolicy":"Background"}""";

    /// <summary>Deletes all there is; true when nothing is left.</summary>
    public async Task<bool> DeleteAsync(string ns, CancellationToken cancellation)
    {
        bool isEmpty = true;
        foreach (ServedKind kind in await Discovery.ReadAsync(client, cancellation))
        {
            if (kind.Resource.Namespaced && kind.Can("list", "delete") && await HasAnyAsync(kind, ns, cancellation))
            {
                await DeleteAsync(kind, ns, cancellation);
                isEmpty &= !await HasAnyAsync(kind, ns, cancellation);
            }
        }

        return isEmpty;
    }

    /// <summary>Lets the namespace go; false when it has moved on since it was read.</summary>
    public async Task<bool> FinalizeAsync(string ns, CancellationToken cancellation)
    {
        string path = $"/api/v1/namespaces/{ns}";
        if (await client.FindAsync(path, RawClient.Json, cancellation) is not { } body)
        {
            return true;
        }

        JsonObject current = JsonNode.Parse(body)!.AsObject();
        JsonArray finalizers = current["spec"]!["finalizers"]!.AsArray();
        current["spec"]!["finalizers"] = new JsonArray([.. finalizers.Select(static name => name!.GetValue<string>()).Where(static name => name != Finalizer).Select(static name => (JsonNode)name)]);
        try
        {
            using ByteArrayContent content = RawClient.Content(Encoding.UTF8.GetBytes(current.ToJsonString()), RawClient.Json);
            await client.SendAsync(HttpMethod.Put, path + "/finalize", RawClient.Json, content, cancellation);
            return true;
        }
        catch (KubeApiException error) when (error.IsConflict || error.IsNotFound)
        {
            return error.IsNotFound;
        }
    }

    private async Task<bool> HasAnyAsync(ServedKind kind, string ns, CancellationToken cancellation)
    {
        byte[]? body = await client.FindAsync(kind.Collection(ns) + "?limit=1", RawClient.MetadataListOnly, cancellation);
        return body is not null && JsonSerializer.Deserialize(body, LocalJsonContext.Default.MetadataList)!.Items.Count > 0;
    }

    private async Task DeleteAsync(ServedKind kind, string ns, CancellationToken cancellation)
    {
        try
        {
            using ByteArrayContent content = RawClient.Content(Encoding.UTF8.GetBytes(Options), RawClient.Json);
            await client.SendAsync(HttpMethod.Delete, kind.Collection(ns), RawClient.Json, content, cancellation);
        }
        catch (KubeApiException error) when (error.IsNotFound || error.IsConflict)
        {
            // Whether anything is left is looked at afterwards.
            return;
        }
    }
}
