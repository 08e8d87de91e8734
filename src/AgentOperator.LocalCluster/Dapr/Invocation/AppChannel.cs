using System.Net.Http.Headers;

namespace AgentOperator.Local.Dapr.Invocation;

/// <summary>The way from a sidecar to its app.</summary>
internal sealed class AppChannel : IDisposable
{
    private const long MostBytes = 16 << 20;

    private readonly string _root;
    private readonly string? _token;
    private readonly SemaphoreSlim? _turns;
    private readonly HttpClient _http;

    /// <param name="root">Scheme, host and port, without a slash at the end.</param>
    /// <param name="token">What the app knows its sidecar by; null for nothing.</param>
    /// <param name="maxConcurrency">Most calls at once; 0 for any number.</param>
    public AppChannel(string root, string? token, int maxConcurrency)
    {
        _root = root;
        _token = token;
        _turns = maxConcurrency > 0 ? new SemaphoreSlim(maxConcurrency) : null;
        SocketsHttpHandler handler = new() { UseProxy = false, AllowAutoRedirect = false, UseCookies = false, ActivityHeadersPropagator = null };

        // An app's own certificate is not verified, as by Dapr.
        handler.SslOptions.RemoteCertificateValidationCallback = (_, _, _, _) => root.StartsWith("https:", StringComparison.Ordinal);
        _http = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan, MaxResponseContentBufferSize = MostBytes };
    }

    /// <param name="method">The verb.</param>
    /// <param name="pathAndQuery">Taken as it is, escapes and all.</param>
    public HttpRequestMessage Request(HttpMethod method, string pathAndQuery)
    {
        HttpRequestMessage request = new(method, new Uri($"{_root}/{pathAndQuery.TrimStart('/')}", new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));
        if (_token is not null)
        {
            request.Headers.TryAddWithoutValidation("dapr-api-token", _token);
        }

        return request;
    }

    public HttpRequestMessage Request(HttpMethod method, string pathAndQuery, byte[] body, string contentType)
    {
        HttpRequestMessage request = Request(method, pathAndQuery);
        request.Content = new ByteArrayContent(body);
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(contentType);
        return request;
    }

    /// <summary>Sends, and reads the whole answer.</summary>
    public async Task<(int Status, byte[] Body)> CallAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        (int Status, byte[] Body) answer = default;
        await StreamAsync(request, async response => answer = ((int)response.StatusCode, await response.Content.ReadAsByteArrayAsync(cancellation)), cancellation);
        return answer;
    }

    /// <summary>Sends, and hands the answer on as soon as it begins.</summary>
    public async Task StreamAsync(HttpRequestMessage request, Func<HttpResponseMessage, Task> take, CancellationToken cancellation)
    {
        if (_turns is not null)
        {
            await _turns.WaitAsync(cancellation);
        }

        try
        {
            using HttpResponseMessage response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
            await take(response);
        }
        finally
        {
            _turns?.Release();
        }
    }

    public void Dispose()
    {
        _http.Dispose();
        _turns?.Dispose();
    }
}
