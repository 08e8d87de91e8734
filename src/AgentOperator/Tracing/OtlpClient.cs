using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;

namespace AgentOperator.Tracing;

/// <summary>Sends requests to a collector: HTTP with protobuf, or gRPC, which is the same bytes in a frame over HTTP/2.</summary>
internal sealed class OtlpClient : IDisposable
{
    private const int FrameHeader = 5;

    private readonly OtlpTarget _target;
    private readonly HttpClient _http;

    public OtlpClient(OtlpTarget target)
    {
        _target = target;
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(10) }) { Timeout = target.Timeout };
    }

    /// <summary>Null when the collector took it; else why not, and whether trying again may help.</summary>
    public async Task<(string? Problem, bool MayRetry)> SendAsync(byte[] body, CancellationToken cancellation)
    {
        try
        {
            using HttpRequestMessage request = new(HttpMethod.Post, _target.Url) { Content = new ByteArrayContent(_target.IsGrpc ? Frame(body) : body) };
            request.Content.Headers.ContentType = new MediaTypeHeaderValue(_target.IsGrpc ? "application/grpc" : "application/x-protobuf");
            foreach ((string name, string value) in _target.Headers)
            {
                request.Headers.TryAddWithoutValidation(name, value);
            }

            if (_target.IsGrpc)
            {
                request.Version = HttpVersion.Version20;
                request.VersionPolicy = HttpVersionPolicy.RequestVersionExact;
                request.Headers.TE.Add(new TransferCodingWithQualityHeaderValue("trailers"));
            }

            using HttpResponseMessage response = await _http.SendAsync(request, cancellation);
            await response.Content.LoadIntoBufferAsync(cancellation);
            return _target.IsGrpc ? ReadGrpc(response) : ReadHttp(response);
        }
        catch (HttpRequestException error)
        {
            return (error.Message, true);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return ($"no answer within {_target.Timeout.TotalSeconds.ToString(CultureInfo.InvariantCulture)} s", true);
        }
    }

    public void Dispose() => _http.Dispose();

    private static (string? Problem, bool MayRetry) ReadHttp(HttpResponseMessage response) => response.IsSuccessStatusCode
        ? (null, false)
        : ($"HTTP {(int)response.StatusCode}", response.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout);

    private static (string? Problem, bool MayRetry) ReadGrpc(HttpResponseMessage response)
    {
        string? status = Header(response.TrailingHeaders) ?? Header(response.Headers);

        // 1 cancelled, 4 deadline, 8 exhausted, 10 aborted, 11 range, 14 unavailable, 15 data loss: the specification's list of what to try again.
        return response.IsSuccessStatusCode && status == "0" ? (null, false) : ($"HTTP {(int)response.StatusCode}, grpc-status {status ?? "missing"}", status is "1" or "4" or "8" or "10" or "11" or "14" or "15");
    }

    private static string? Header(HttpHeaders headers) => headers.TryGetValues("grpc-status", out IEnumerable<string>? values) ? values.First() : null;

    private static byte[] Frame(byte[] body)
    {
        byte[] frame = new byte[FrameHeader + body.Length];
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(1), body.Length);
        body.CopyTo(frame, FrameHeader);
        return frame;
    }
}
