using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace AgentOperator.AgentRuntime.Dapr;

/// <summary>Dapr's HTTP API as agents use it. Thread-safe; one per process.</summary>
internal sealed class DaprClient : IDisposable
{
    private const long MostBytes = 16 << 20;

    private static readonly TimeSpan HealthPoll = TimeSpan.FromMilliseconds(200);

    private readonly DaprOptions _options;
    private readonly TimeProvider _time;
    private readonly HttpClient _http;

    public DaprClient(DaprOptions options, TimeProvider time)
    {
        _options = options;
        _time = time;
        _http = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(2) })
        {
            BaseAddress = options.Endpoint,
            Timeout = Timeout.InfiniteTimeSpan,
            MaxResponseContentBufferSize = MostBytes,
        };
    }

    /// <summary>Waits until the sidecar can be called. It may then still wait for this app: open its port before, and do not wait for <c>/v1.0/healthz</c>.</summary>
    /// <exception cref="TimeoutException">It was not ready in time; the message says what it answered last.</exception>
    public async Task WaitForSidecarAsync(CancellationToken cancellation)
    {
        long start = _time.GetTimestamp();
        while (true)
        {
            string last;
            try
            {
                using HttpResponseMessage response = await SendAsync(HttpMethod.Get, "v1.0/healthz/outbound", null, cancellation);
                if (response.IsSuccessStatusCode)
                {
                    return;
                }

                last = $"HTTP {(int)response.StatusCode}";
            }
            catch (Exception error) when (error is HttpRequestException or TimeoutException)
            {
                last = error.Message;
            }

            if (_time.GetElapsedTime(start) > _options.HealthTimeout)
            {
                throw new TimeoutException($"The Dapr sidecar at {_options.Endpoint} was not ready within {_options.HealthTimeout.TotalSeconds:0.#} s (DAPR_HEALTH_TIMEOUT): {last}");
            }

            await Task.Delay(HealthPoll, _time, cancellation);
        }
    }

    /// <summary>Calls another app by its id; what it answers is handed on as it is, whatever the status. The caller disposes the response.</summary>
    /// <param name="appId"><c>ID</c> or <c>ID.NAMESPACE</c>.</param>
    /// <param name="path">Path and query on that app, escaped.</param>
    /// <param name="method">The verb.</param>
    /// <param name="content">The body; null for none.</param>
    /// <param name="configure">Adds headers.</param>
    /// <param name="cancellation">Ends the call; there is no other limit.</param>
    /// <exception cref="DaprException">The app could not be reached (ERR_DIRECT_INVOKE), or the call is not allowed.</exception>
    public async Task<HttpResponseMessage> InvokeAsync(string appId, string path, HttpMethod method, HttpContent? content, Action<HttpRequestHeaders>? configure, CancellationToken cancellation)
    {
        using HttpRequestMessage request = Request(method, $"v1.0/invoke/{Uri.EscapeDataString(appId)}/method/{path.TrimStart('/')}", content);
        configure?.Invoke(request.Headers);
        HttpResponseMessage response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
        if (response.StatusCode is not (HttpStatusCode.InternalServerError or HttpStatusCode.Forbidden or HttpStatusCode.NotFound))
        {
            return response;
        }

        // The app's own failure, or the sidecar's: only the body tells.
        await response.Content.LoadIntoBufferAsync(cancellation);
        DaprException failure = await FailureAsync(response, cancellation);
        if (failure.ErrorCode is not ("ERR_DIRECT_INVOKE" or "ERR_PERMISSION_DENIED"))
        {
            return response;
        }

        response.Dispose();
        throw failure;
    }

    /// <summary>Null when there is no value.</summary>
    public async Task<StateValue<T>?> GetStateAsync<T>(string store, string key, JsonTypeInfo<T> type, CancellationToken cancellation)
    {
        using HttpResponseMessage response = await SendAsync(HttpMethod.Get, $"v1.0/state/{Uri.EscapeDataString(store)}/{Uri.EscapeDataString(key)}", null, cancellation);
        await RequireAsync(response, cancellation);
        byte[] body = response.StatusCode == HttpStatusCode.NoContent ? [] : await response.Content.ReadAsByteArrayAsync(cancellation);
        string? etag = response.Headers.NonValidated.TryGetValues("ETag", out HeaderStringValues values) ? values.ToString() : null;
        return body.Length > 0 && JsonSerializer.Deserialize(body, type) is { } value ? new StateValue<T>(value, etag) : null;
    }

    public async Task<StateOutcome> SaveStateAsync<T>(string store, string key, T value, JsonTypeInfo<T> type, StateSaveOptions options, CancellationToken cancellation)
    {
        StateSaveItem item = new()
        {
            Key = key,
            Value = JsonSerializer.SerializeToElement(value, type),
            Etag = options.Etag,
            Metadata = options.TimeToLive is { } life ? new Dictionary<string, string>(StringComparer.Ordinal) { ["ttlInSeconds"] = Math.Ceiling(life.TotalSeconds).ToString(CultureInfo.InvariantCulture) } : null,
            Options = options.FirstWrite || options.Etag is not null ? new StateSaveItemOptions { Concurrency = "first-write" } : null,
        };
        using ByteArrayContent content = Json(JsonSerializer.SerializeToUtf8Bytes([item], DaprJsonContext.Default.StateSaveItemArray));
        using HttpResponseMessage response = await SendAsync(HttpMethod.Post, $"v1.0/state/{Uri.EscapeDataString(store)}", content, cancellation);
        return await OutcomeAsync(response, options.Etag, cancellation);
    }

    /// <param name="store">The Component.</param>
    /// <param name="key">The key; that it is absent is no error.</param>
    /// <param name="etag">The version to delete; null for any.</param>
    /// <param name="cancellation">Ends the call.</param>
    public async Task<StateOutcome> DeleteStateAsync(string store, string key, string? etag, CancellationToken cancellation)
    {
        string query = etag is null ? "" : "?concurrency=first-write";
        using HttpResponseMessage response = await SendAsync(
            HttpMethod.Delete,
            $"v1.0/state/{Uri.EscapeDataString(store)}/{Uri.EscapeDataString(key)}{query}",
            null,
            cancellation,
            headers => _ = etag is null || headers.TryAddWithoutValidation("If-Match", etag));
        return await OutcomeAsync(response, etag, cancellation);
    }

    /// <param name="pubsub">The Component.</param>
    /// <param name="topic">May hold slashes.</param>
    /// <param name="data">What is published.</param>
    /// <param name="contentType">Its type: JSON arrives as JSON, <see cref="CloudEvent.MediaType"/> is taken as the event itself.</param>
    /// <param name="metadata">As <c>ttlInSeconds</c> or <c>cloudevent.type</c>.</param>
    /// <param name="cancellation">Ends the call.</param>
    public async Task PublishAsync(string pubsub, string topic, ReadOnlyMemory<byte> data, string contentType, IReadOnlyDictionary<string, string>? metadata, CancellationToken cancellation)
    {
        string path = string.Join('/', topic.Split('/').Select(Uri.EscapeDataString));
        string query = string.Join('&', (metadata ?? new Dictionary<string, string>(StringComparer.Ordinal)).Select(static entry => $"metadata.{Uri.EscapeDataString(entry.Key)}={Uri.EscapeDataString(entry.Value)}"));
        using ReadOnlyMemoryContent content = new(data);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        using HttpResponseMessage response = await SendAsync(HttpMethod.Post, $"v1.0/publish/{Uri.EscapeDataString(pubsub)}/{path}{(query.Length == 0 ? "" : "?" + query)}", content, cancellation);
        await RequireAsync(response, cancellation);
    }

    /// <summary>The keys and values of one secret.</summary>
    public async Task<IReadOnlyDictionary<string, string>> GetSecretAsync(string store, string name, CancellationToken cancellation)
    {
        using HttpResponseMessage response = await SendAsync(HttpMethod.Get, $"v1.0/secrets/{Uri.EscapeDataString(store)}/{Uri.EscapeDataString(name)}", null, cancellation);
        await RequireAsync(response, cancellation);
        byte[] body = await response.Content.ReadAsByteArrayAsync(cancellation);
        return (body.Length == 0 ? null : JsonSerializer.Deserialize(body, DaprJsonContext.Default.DictionaryStringString)) ?? [];
    }

    public async Task<DaprMetadata> GetMetadataAsync(CancellationToken cancellation)
    {
        using HttpResponseMessage response = await SendAsync(HttpMethod.Get, "v1.0/metadata", null, cancellation);
        await RequireAsync(response, cancellation);
        return JsonSerializer.Deserialize(await response.Content.ReadAsByteArrayAsync(cancellation), DaprJsonContext.Default.DaprMetadata) ?? new DaprMetadata();
    }

    /// <summary>Ends the sidecar: the last call of a process whose pod has to end, since a classic sidecar would keep it.</summary>
    public async Task ShutdownAsync(CancellationToken cancellation)
    {
        using HttpResponseMessage response = await SendAsync(HttpMethod.Post, "v1.0/shutdown", null, cancellation);
        await RequireAsync(response, cancellation);
    }

    public void Dispose() => _http.Dispose();

    private HttpRequestMessage Request(HttpMethod method, string path, HttpContent? content)
    {
        // The escaped path goes as it is: an escaped slash in a key must not become one.
        HttpRequestMessage request = new(method, new Uri(_options.Endpoint + path, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true })) { Content = content };
        if (_options.ApiToken is { } token)
        {
            request.Headers.TryAddWithoutValidation("dapr-api-token", token);
        }

        return request;
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, HttpContent? content, CancellationToken cancellation, Action<HttpRequestHeaders>? configure = null)
    {
        using HttpRequestMessage request = Request(method, path, content);
        configure?.Invoke(request.Headers);
        using CancellationTokenSource patience = new(_options.RequestTimeout, _time);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellation);
        try
        {
            return await _http.SendAsync(request, either.Token);
        }
        catch (OperationCanceledException error) when (!cancellation.IsCancellationRequested)
        {
            throw new TimeoutException($"The Dapr sidecar did not answer {method} within {_options.RequestTimeout.TotalSeconds:0.#} s.", error);
        }
    }

    /// <summary>Stores differ: some answer a version that does not fit with 500.</summary>
    private static async Task<StateOutcome> OutcomeAsync(HttpResponseMessage response, string? etag, CancellationToken cancellation)
    {
        if (response.StatusCode == HttpStatusCode.Conflict || (response.StatusCode == HttpStatusCode.InternalServerError && etag is not null && (await FailureAsync(response, cancellation)).ErrorCode is "ERR_STATE_SAVE" or "ERR_STATE_DELETE"))
        {
            return StateOutcome.Conflict;
        }

        await RequireAsync(response, cancellation);
        return StateOutcome.Written;
    }

    private static async Task RequireAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        if (!response.IsSuccessStatusCode)
        {
            throw await FailureAsync(response, cancellation);
        }
    }

    private static async Task<DaprException> FailureAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        int status = (int)response.StatusCode;
        byte[] body = await response.Content.ReadAsByteArrayAsync(cancellation);
        try
        {
            if (body.Length > 0 && JsonSerializer.Deserialize(body, DaprJsonContext.Default.DaprErrorBody) is { ErrorCode: { } code } error)
            {
                return new DaprException(status, code, error.Message ?? code);
            }
        }
        catch (JsonException)
        {
            return new DaprException(status, "", $"the Dapr sidecar answered HTTP {status}");
        }

        return new DaprException(status, "", $"the Dapr sidecar answered HTTP {status}");
    }

    private static ByteArrayContent Json(byte[] body)
    {
        ByteArrayContent content = new(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return content;
    }
}
