using System.Buffers;
using System.Net;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text.Json;
using AgentOperator.Kube.Configuration;
using AgentOperator.Kube.Logs;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Reading;
using AgentOperator.Kube.Transport;

namespace AgentOperator.Kube;

/// <summary>A connection to one API server. Thread-safe; one per process is enough.</summary>
public sealed class KubeClient : IDisposable
{
    /// <summary>Longest time of a request other than a watch.</summary>
    public static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(60);

    /// <summary>Largest answer, unpacked: a list of 100,000 objects of 10 KB. More is somebody else's answer, or wants pages.</summary>
    public const long MaxAnswerBytes = 1 << 30;

    /// <summary>Largest refusal that is read.</summary>
    private const long MaxRefusalBytes = 1 << 20;

    private readonly HttpClient _http;

    /// <summary>Connects lazily: nothing is sent before the first request.</summary>
    /// <param name="connection">Which server, and as whom.</param>
    /// <param name="time">Clock of deadlines and retries.</param>
    public KubeClient(KubeConnection connection, TimeProvider? time = null)
        : this(connection, new KubeClientOptions(), time)
    {
    }

    /// <summary>Connects lazily: nothing is sent before the first request.</summary>
    /// <exception cref="KubeConfigException">A certificate, a key or an impersonation cannot be used.</exception>
    public KubeClient(KubeConnection connection, KubeClientOptions options, TimeProvider? time = null)
    {
        Time = time ?? TimeProvider.System;
        DefaultNamespace = connection.Namespace;
        FieldValidation = options.FieldValidation;
        _http = KubeTransport.Create(connection, Time, options);
        if (connection.InsecureSkipTlsVerify)
        {
            options.OnWarning?.Invoke($"The certificate of {connection.Server.Authority} is not verified: whoever is in between can read and change everything.");
        }
    }

    /// <summary>The namespace of the kubeconfig's context, or of the pod.</summary>
    public string DefaultNamespace { get; }

    internal TimeProvider Time { get; }

    internal string? FieldValidation { get; }

    /// <summary>Objects of one kind.</summary>
    /// <param name="ns">Namespace to work in; null for all namespaces (list and watch only) and for cluster-scoped kinds.</param>
    public ResourceClient<T> Resource<T>(string? ns = null)
        where T : class, IKubernetesObject<T> => new(this, ns);

    /// <summary>True when the server says at <c>/readyz</c> that it is ready.</summary>
    public async Task<bool> IsReadyAsync(CancellationToken cancellation)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, "readyz");
        try
        {
            return await SendAsync(request, static _ => true, cancellation).ConfigureAwait(false);
        }
        catch (Exception error) when (error is KubeApiException or HttpRequestException or TimeoutException)
        {
            return false;
        }
    }

    /// <summary>Plurals of the kinds that the server serves in a group and version; none when it knows neither.</summary>
    public async Task<IReadOnlyList<string>> ResourcesAsync(string group, string version, CancellationToken cancellation)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, $"apis/{group}/{version}");
        try
        {
            return await SendAsync(request, ResourceNames.Read, cancellation).ConfigureAwait(false);
        }
        catch (KubeApiException error) when (error.IsNotFound || error.Code == HttpStatusCode.ServiceUnavailable)
        {
            // 503: an aggregated API whose server is away.
            return [];
        }
    }

    /// <summary>Lines of a container's log, as they come.</summary>
    /// <exception cref="KubeApiException">There is no such pod or container, or it has not started.</exception>
    /// <exception cref="IOException">The connection broke.</exception>
    public async IAsyncEnumerable<string> ReadLogAsync(ObjectKey pod, LogOptions options, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, new ResourcePath(Models.Core.Pod.Resource, pod.Namespace).Subresource(pod.Name, "log", options.ToQuery()));
        request.Headers.TryAddWithoutValidation("Accept", "application/json, */*");
        using HttpResponseMessage response = await OpenAsync(request, cancellation).ConfigureAwait(false);
        Stream log = await response.Content.ReadAsStreamAsync(cancellation).ConfigureAwait(false);
        await foreach (string line in LogLines.ReadAsync(log, cancellation).ConfigureAwait(false))
        {
            yield return line;
        }
    }

    public void Dispose() => _http.Dispose();

    /// <summary>Sends a request with a deadline and returns its body as the type, or throws what the server said.</summary>
    internal async Task<TResult> SendAsync<TResult>(HttpRequestMessage request, Func<ReadOnlySequence<byte>, TResult> read, CancellationToken cancellation, long maxBytes = MaxAnswerBytes)
    {
        using CancellationTokenSource deadline = new(RequestTimeout, Time);
        using CancellationTokenSource linked = CancellationTokenSource.CreateLinkedTokenSource(cancellation, deadline.Token);
        try
        {
            using HttpResponseMessage response = await SendAsync(request, linked.Token).ConfigureAwait(false);
            return response.IsSuccessStatusCode
                ? await BodyReader.ReadAsync(response.Content, read, maxBytes, linked.Token).ConfigureAwait(false)
                : throw await FailureAsync(response, linked.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException error) when (deadline.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            throw new TimeoutException($"{request.Method} {request.RequestUri} was not answered within {RequestTimeout.TotalSeconds:0} s.", error);
        }
    }

    /// <summary>Opens a stream; the caller disposes the response.</summary>
    internal async Task<HttpResponseMessage> OpenAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        HttpResponseMessage response = await SendAsync(request, cancellation).ConfigureAwait(false);
        if (response.IsSuccessStatusCode)
        {
            return response;
        }

        using (response)
        {
            throw await FailureAsync(response, cancellation).ConfigureAwait(false);
        }
    }

    private static async Task<KubeApiException> FailureAsync(HttpResponseMessage response, CancellationToken cancellation) =>
        Failure(response, await BodyReader.ReadAsync(response.Content, static body => body.ToArray(), MaxRefusalBytes, cancellation).ConfigureAwait(false));

    private Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        // HttpClient's default version counts only for requests that it makes itself.
        request.Version = HttpVersion.Version20;
        request.VersionPolicy = HttpVersionPolicy.RequestVersionOrLower;
        if (request.Headers.Accept.Count == 0)
        {
            request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        }

        return _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
    }

    private static KubeApiException Failure(HttpResponseMessage response, byte[] body)
    {
        int code = (int)response.StatusCode;
        if (response.Content.Headers.ContentType?.MediaType == "application/json")
        {
            try
            {
                if (JsonSerializer.Deserialize(body, KubeJsonContext.Default.Status) is { } status && (status.Message ?? status.Reason) is not null)
                {
                    return new KubeApiException(status with { Code = status.Code ?? code });
                }
            }
            catch (JsonException)
            {
                // Shown as text, below.
            }
        }

        // A proxy in between answers pages, or JSON that is no Status.
        string text = System.Text.Encoding.UTF8.GetString(body.AsSpan(0, Math.Min(body.Length, 500)));
        return new KubeApiException(new Status { Code = code, Reason = response.ReasonPhrase, Message = $"HTTP {code} {response.ReasonPhrase}: {text}" });
    }
}
