using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text.Json;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Patching;
using AgentOperator.Kube.Reading;
using AgentOperator.Kube.Writing;

namespace AgentOperator.Kube;

/// <summary>Requests for one kind in one namespace, or in all. There is no PUT: it would lose fields that the records do not have.</summary>
public sealed class ResourceClient<T>
    where T : class, IKubernetesObject<T>
{
    /// <summary>Largest answer about one object; the server itself stores up to 3 MiB.</summary>
    private const long MaxObjectBytes = 16 << 20;

    private readonly KubeClient _client;
    private readonly ResourcePath _path;

    internal ResourceClient(KubeClient client, string? ns)
    {
        _client = client;
        _path = new ResourcePath(T.Resource, ns);
        Namespace = T.Resource.Namespaced ? ns : null;
    }

    /// <summary>The namespace worked in; null for all, and for cluster-scoped kinds.</summary>
    public string? Namespace { get; }

    /// <summary>Reads one object.</summary>
    /// <exception cref="KubeApiException">Not found, forbidden, or the server failed.</exception>
    public Task<T> GetAsync(string name, CancellationToken cancellation) => SendAsync(HttpMethod.Get, _path.Object(name), null, cancellation);

    /// <summary>Reads one object, null when there is none.</summary>
    public async Task<T?> FindAsync(string name, CancellationToken cancellation)
    {
        try
        {
            return await GetAsync(name, cancellation).ConfigureAwait(false);
        }
        catch (KubeApiException error) when (error.IsNotFound)
        {
            return null;
        }
    }

    /// <summary>Reads one page of a list.</summary>
    public async Task<KubeList<T>> ListAsync(ListOptions options, CancellationToken cancellation)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, _path.Collection(options.ToQuery()));
        Negotiate(request, "PartialObjectMetadataList");
        return await _client.SendAsync(request, ListReader.Read<T>, cancellation).ConfigureAwait(false);
    }

    /// <summary>Follows changes until the server ends the watch, as it does after <see cref="WatchOptions.Timeout"/>.</summary>
    /// <exception cref="KubeApiException">The server refused the watch, 410 included; failures in the stream come as <see cref="WatchEventType.Error"/>.</exception>
    /// <exception cref="TimeoutException">No byte came for longer than the watch may last: the connection is dead.</exception>
    /// <exception cref="IOException">The connection broke.</exception>
    public async IAsyncEnumerable<WatchEvent<T>> WatchAsync(WatchOptions options, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        // Pings do not reach every stalled HTTP/2 stream in .NET 10 (dotnet/runtime#120179), so silence is timed here.
        TimeSpan idle = options.Timeout + WatchOptions.IdleMargin;
        using CancellationTokenSource watchdog = new(idle, _client.Time);
        using CancellationTokenSource linked = CancellationTokenSource.CreateLinkedTokenSource(cancellation, watchdog.Token);
        using HttpRequestMessage request = new(HttpMethod.Get, _path.Collection(options.ToQuery()));
        Negotiate(request, "PartialObjectMetadata");
        using HttpResponseMessage response = await Guarded(_client.OpenAsync(request, linked.Token)).ConfigureAwait(false);
        await using LineReader lines = new(await response.Content.ReadAsStreamAsync(linked.Token).ConfigureAwait(false));
        while (await Guarded(lines.ReadAsync(linked.Token)).ConfigureAwait(false) is { } line)
        {
            watchdog.CancelAfter(idle);
            yield return WatchEventReader.Read<T>(line);
        }

        async Task<TResult> Guarded<TResult>(Task<TResult> pending)
        {
            try
            {
                return await pending.ConfigureAwait(false);
            }
            catch (Exception error) when (error is OperationCanceledException or IOException && watchdog.IsCancellationRequested && !cancellation.IsCancellationRequested)
            {
                throw new TimeoutException($"The watch of {T.Resource.QualifiedName} was silent for {idle.TotalSeconds:0} s.", error);
            }
        }
    }

    /// <summary>Creates an object. An answer that is lost leaves open whether it exists: repeat, and read AlreadyExists as success after checking the owner.</summary>
    public Task<T> CreateAsync(T instance, CancellationToken cancellation) =>
        CreateAsync(instance, new WriteOptions(), cancellation);

    /// <summary>Creates an object, or finds out whether it could be created.</summary>
    public Task<T> CreateAsync(T instance, WriteOptions options, CancellationToken cancellation) =>
        SendAsync(HttpMethod.Post, _path.Creation(Query(options)), Body(instance, "application/json"), cancellation);

    /// <summary>Server-side apply: the object becomes what is sent, for the fields that this manager owns.</summary>
    public Task<T> ApplyAsync(T instance, ApplyOptions options, CancellationToken cancellation) =>
        SendAsync(HttpMethod.Patch, _path.Object(NameOf(instance), options.ToQuery(_client.FieldValidation)), Body(instance, "application/apply-patch+yaml"), cancellation);

    /// <summary>Server-side apply of the status. With <c>metadata.resourceVersion</c> set, a stale writer gets 409.</summary>
    public Task<T> ApplyStatusAsync(T instance, ApplyOptions options, CancellationToken cancellation) =>
        SendAsync(HttpMethod.Patch, _path.Subresource(NameOf(instance), "status", options.ToQuery(_client.FieldValidation)), Body(instance, "application/apply-patch+yaml"), cancellation);

    /// <summary>Patches an object.</summary>
    public Task<T> PatchAsync(string name, Patch patch, CancellationToken cancellation) =>
        SendAsync(HttpMethod.Patch, _path.Object(name, Query(new WriteOptions())), patch.ToContent(), cancellation);

    /// <summary>Patches the status of an object.</summary>
    public Task<T> PatchStatusAsync(string name, Patch patch, CancellationToken cancellation) =>
        SendAsync(HttpMethod.Patch, _path.Subresource(name, "status", Query(new WriteOptions())), patch.ToContent(), cancellation);

    /// <summary>Posts to a subresource that takes a kind of its own, as <c>pods/NAME/binding</c> does; the answer is not read.</summary>
    public async Task PostSubresourceAsync<TBody>(string name, string subresource, TBody body, CancellationToken cancellation)
        where TBody : class, IKubernetesObject<TBody>
    {
        using HttpRequestMessage request = new(HttpMethod.Post, _path.Subresource(name, subresource, "")) { Content = ResourceClient<TBody>.Body(body, "application/json") };
        await _client.SendAsync(request, static _ => true, cancellation).ConfigureAwait(false);
    }

    /// <summary>Deletes an object; false when it was gone already or is another one under the same name.</summary>
    public async Task<bool> DeleteAsync(string name, DeleteOptions options, CancellationToken cancellation)
    {
        using HttpRequestMessage request = new(HttpMethod.Delete, _path.Object(name)) { Content = options.ToContent() };
        try
        {
            return await _client.SendAsync(request, static _ => true, cancellation).ConfigureAwait(false);
        }
        catch (KubeApiException error) when (error.IsNotFound || error.IsConflict)
        {
            return false;
        }
    }

    private async Task<T> SendAsync(HttpMethod method, string path, HttpContent? content, CancellationToken cancellation)
    {
        using HttpRequestMessage request = new(method, path) { Content = content };
        Negotiate(request, "PartialObjectMetadata");
        return await _client.SendAsync(request, Decode, cancellation, MaxObjectBytes).ConfigureAwait(false);
    }

    /// <summary>Asks for metadata alone, where the record has no more; a server that cannot do that sends the whole.</summary>
    private static void Negotiate(HttpRequestMessage request, string form)
    {
        if (T.IsMetadataOnly)
        {
            request.Headers.TryAddWithoutValidation("Accept", $"application/json;as={form};g=meta.k8s.io;v=v1,application/json");
        }
    }

    private string Query(WriteOptions options) => new QueryString()
        .Add("fieldManager", options.FieldManager)
        .Add("dryRun", options.DryRun ? "All" : null)
        .Add("fieldValidation", _client.FieldValidation)
        .ToString();

    private static T Decode(ReadOnlySequence<byte> body)
    {
        Utf8JsonReader reader = new(body);
        return JsonSerializer.Deserialize(ref reader, T.JsonTypeInfo) ?? throw new JsonException($"The server answered null for a {T.Resource.Kind}.");
    }

    private static HttpContent Body(T instance, string mediaType) => JsonBody.Of(instance, T.JsonTypeInfo, mediaType);

    private static string NameOf(T instance) => instance.Metadata.Name ?? throw new ArgumentException("metadata.name is needed.", nameof(instance));
}
