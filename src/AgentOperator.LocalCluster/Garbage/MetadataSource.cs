using System.Runtime.CompilerServices;
using System.Text.Json;
using AgentOperator.Controllers.Caching;
using AgentOperator.Kube;
using AgentOperator.Kube.Models;
using AgentOperator.Local.Requests;

namespace AgentOperator.Local.Garbage;

/// <summary>The metadata of all objects of a kind.</summary>
internal sealed class MetadataSource(RawClient client, ServedKind kind, TimeProvider time) : IObjectSource<MetadataObject>
{
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(315);

    public async Task<KubeList<MetadataObject>> ListAsync(CancellationToken cancellation)
    {
        byte[] body = await client.GetAsync(kind.Collection(null), RawClient.MetadataListOnly, cancellation);
        MetadataList list = JsonSerializer.Deserialize(body, LocalJsonContext.Default.MetadataList)!;
        return new KubeList<MetadataObject>(list.Metadata, list.Items, []);
    }

    public async IAsyncEnumerable<WatchEvent<MetadataObject>> WatchAsync(string resourceVersion, [EnumeratorCancellation] CancellationToken cancellation)
    {
        // A dead connection says nothing for longer than the server would keep the watch.
        using CancellationTokenSource watchdog = new(Idle, time);
        using CancellationTokenSource linked = CancellationTokenSource.CreateLinkedTokenSource(cancellation, watchdog.Token);
        string path = $"{kind.Collection(null)}?watch=true&allowWatchBookmarks=true&timeoutSeconds=300&resourceVersion={resourceVersion}";
        using HttpResponseMessage response = await client.OpenAsync(path, RawClient.MetadataOnly, linked.Token);
        using StreamReader lines = new(await response.Content.ReadAsStreamAsync(linked.Token));
        while (await ReadAsync(lines, watchdog, linked.Token) is { } line)
        {
            watchdog.CancelAfter(Idle);
            yield return Parse(line);
        }
    }

    internal static WatchEvent<MetadataObject> Parse(string line)
    {
        MetadataEvent change = JsonSerializer.Deserialize(line, LocalJsonContext.Default.MetadataEvent)!;
        if (change.Type == "ERROR")
        {
            return new WatchEvent<MetadataObject>(WatchEventType.Error, null, null, change.Object.Deserialize(KubeJsonContext.Default.Status));
        }

        MetadataObject item = change.Object.Deserialize(LocalJsonContext.Default.MetadataObject)!;
        WatchEventType type = change.Type switch
        {
            "ADDED" => WatchEventType.Added,
            "MODIFIED" => WatchEventType.Modified,
            "DELETED" => WatchEventType.Deleted,
            _ => WatchEventType.Bookmark,
        };
        return new WatchEvent<MetadataObject>(type, item, item.Metadata.ResourceVersion);
    }

    private static async Task<string?> ReadAsync(StreamReader lines, CancellationTokenSource watchdog, CancellationToken cancellation)
    {
        try
        {
            return await lines.ReadLineAsync(cancellation);
        }
        catch (OperationCanceledException error) when (watchdog.IsCancellationRequested)
        {
            throw new TimeoutException("The watch was silent for too long.", error);
        }
    }
}
