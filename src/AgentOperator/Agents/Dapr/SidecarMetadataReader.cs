using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using AgentOperator.Agents.Observing;
using AgentOperator.Kube.Models;

namespace AgentOperator.Agents.Dapr;

/// <summary>Asks a sidecar which components it has loaded (dapr/dapr, GET /v1.0/metadata on the public port): one with a bad secret is ready without them.</summary>
internal sealed class SidecarMetadataReader : IDisposable
{
    private const int PublicPort = 3501;
    private const int MaxBytes = 1 << 20;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, (IReadOnlyList<string>? Names, long At)> _known = new(StringComparer.Ordinal);
    private readonly TimeProvider _time;
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, ConnectTimeout = Patience }) { MaxResponseContentBufferSize = MaxBytes, Timeout = Patience };

    public SidecarMetadataReader(TimeProvider time) => _time = time;

    /// <summary>Names of the components of the first pod with a ready sidecar; null when none can be asked.</summary>
    public async Task<IReadOnlyList<string>?> ReadAsync(IReadOnlyList<AgentPod> pods, CancellationToken cancellation)
    {
        AgentPod? pod = pods.Where(static pod => !pod.IsTerminating() && pod.Status?.PodIP is not null && SidecarCheck.IsReadySidecar(pod)).MinBy(static pod => pod.Metadata.Name, StringComparer.Ordinal);
        if (pod is null)
        {
            return null;
        }

        if (_known.TryGetValue(pod.Metadata.Uid!, out var known) && _time.GetElapsedTime(known.At) < Lifetime)
        {
            return known.Names;
        }

        foreach (string old in _known.Where(entry => _time.GetElapsedTime(entry.Value.At) > Lifetime).Select(static entry => entry.Key))
        {
            _known.TryRemove(old, out _);
        }

        IReadOnlyList<string>? names = await AskAsync(pod.Status!.PodIP!, cancellation);
        _known[pod.Metadata.Uid!] = (names, _time.GetTimestamp());
        return names;
    }

    public void Dispose() => _http.Dispose();

    private async Task<IReadOnlyList<string>?> AskAsync(string ip, CancellationToken cancellation)
    {
        if (!IPAddress.TryParse(ip, out IPAddress? address))
        {
            return null;
        }

        try
        {
            byte[] body = await _http.GetByteArrayAsync(new UriBuilder("http", address.ToString(), PublicPort, "/v1.0/metadata").Uri, cancellation);
            return Names(body);
        }
        catch (Exception error) when (error is HttpRequestException or JsonException || (error is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            // An operator outside of the pod network reaches no pod: then nothing is said.
            return null;
        }
    }

    internal static IReadOnlyList<string> Names(ReadOnlySpan<byte> body)
    {
        Utf8JsonReader reader = new(body);
        using JsonDocument json = JsonDocument.ParseValue(ref reader);
        return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("components", out JsonElement components) && components.ValueKind == JsonValueKind.Array
            ? [.. components.EnumerateArray().Where(static component => component.ValueKind == JsonValueKind.Object).Select(static component => component.TryGetProperty("name", out JsonElement name) && name.ValueKind == JsonValueKind.String ? name.GetString() : null).OfType<string>()]
            : [];
    }
}
