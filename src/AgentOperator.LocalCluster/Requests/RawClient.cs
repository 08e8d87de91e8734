using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using AgentOperator.Kube;
using AgentOperator.Kube.Configuration;
using AgentOperator.Kube.Models;

namespace AgentOperator.Local.Requests;

/// <summary>Requests that the typed client does not make: kinds known by discovery alone, metadata alone, answers of another kind.</summary>
internal sealed class RawClient : IDisposable
{
    public const string Json = "application/json";
    public const string MetadataOnly = "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1";
    public const string MetadataListOnly = "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly HttpClient _http;
    private readonly TimeProvider _time;

    public RawClient(KubeConnection connection, TimeProvider time)
    {
        _time = time;
        SocketsHttpHandler handler = new() { UseProxy = false, AllowAutoRedirect = false, EnableMultipleHttp2Connections = true };
        handler.SslOptions.CertificateChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        handler.SslOptions.CertificateChainPolicy.CustomTrustStore.ImportFromPem(connection.CertificateAuthorityPem);
        _http = new HttpClient(handler) { BaseAddress = connection.Server, Timeout = Timeout.InfiniteTimeSpan };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", connection.Token);
        _http.DefaultRequestHeaders.UserAgent.ParseAdd("agent-operator-local-cluster/0.1");
    }

    public Task<byte[]> GetAsync(string path, string accept, CancellationToken cancellation) => SendAsync(HttpMethod.Get, path, accept, null, cancellation);

    /// <summary>Null when there is no such object.</summary>
    public async Task<byte[]?> FindAsync(string path, string accept, CancellationToken cancellation)
    {
        try
        {
            return await GetAsync(path, accept, cancellation);
        }
        catch (KubeApiException error) when (error.IsNotFound)
        {
            return null;
        }
    }

    /// <exception cref="KubeApiException">The server refused.</exception>
    public async Task<byte[]> SendAsync(HttpMethod method, string path, string accept, HttpContent? content, CancellationToken cancellation)
    {
        using CancellationTokenSource patience = new(Patience, _time);
        using CancellationTokenSource linked = CancellationTokenSource.CreateLinkedTokenSource(cancellation, patience.Token);
        try
        {
            using HttpResponseMessage response = await SendAsync(method, path, accept, content, HttpCompletionOption.ResponseContentRead, linked.Token);
            return await response.Content.ReadAsByteArrayAsync(linked.Token);
        }
        catch (OperationCanceledException error) when (patience.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            throw new TimeoutException($"{method} {path} was not answered in time.", error);
        }
    }

    /// <summary>Opens a stream; the caller disposes the response.</summary>
    public Task<HttpResponseMessage> OpenAsync(string path, string accept, CancellationToken cancellation) =>
        SendAsync(HttpMethod.Get, path, accept, null, HttpCompletionOption.ResponseHeadersRead, cancellation);

    public static ByteArrayContent Content(ReadOnlySpan<byte> body, string mediaType)
    {
        ByteArrayContent content = new(body.ToArray());
        content.Headers.ContentType = new MediaTypeHeaderValue(mediaType);
        return content;
    }

    public void Dispose() => _http.Dispose();

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string accept, HttpContent? content, HttpCompletionOption completion, CancellationToken cancellation)
    {
        using HttpRequestMessage request = new(method, path) { Content = content, Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionOrLower };
        request.Headers.TryAddWithoutValidation("Accept", accept);
        HttpResponseMessage response = await _http.SendAsync(request, completion, cancellation);
        if (response.IsSuccessStatusCode)
        {
            return response;
        }

        if (response.StatusCode == HttpStatusCode.TooManyRequests && content is null && response.Headers.RetryAfter?.Delta is { } delay)
        {
            // A kind that has just been defined is put off like this.
            response.Dispose();
            await Task.Delay(delay, _time, cancellation);
            return await SendAsync(method, path, accept, content, completion, cancellation);
        }

        using (response)
        {
            throw Failure(response, await response.Content.ReadAsByteArrayAsync(cancellation));
        }
    }

    private static KubeApiException Failure(HttpResponseMessage response, byte[] body)
    {
        int code = (int)response.StatusCode;
        try
        {
            if (JsonSerializer.Deserialize(body, KubeJsonContext.Default.Status) is { } status)
            {
                return new KubeApiException(status with { Code = status.Code ?? code });
            }
        }
        catch (JsonException)
        {
            return new KubeApiException(new Status { Code = code, Reason = response.ReasonPhrase, Message = System.Text.Encoding.UTF8.GetString(body) });
        }

        return new KubeApiException(new Status { Code = code, Reason = response.ReasonPhrase });
    }
}
