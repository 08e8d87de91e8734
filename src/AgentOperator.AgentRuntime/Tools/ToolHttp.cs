using System.Net.Sockets;
using AgentOperator.AgentRuntime.Streams;

namespace AgentOperator.AgentRuntime.Tools;

/// <summary>HTTP to servers of tools: no redirects, no proxy of answers without end.</summary>
internal static class ToolHttp
{
    /// <summary>Most bytes of one response.</summary>
    public const long MaxResponse = 16 * 1024 * 1024;

    public static HttpClient Create() => new(new BoundedResponses(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        ConnectTimeout = TimeSpan.FromSeconds(10),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        ConnectCallback = ConnectAsync,
    }))
    {
        // Each call has its own limit.
        Timeout = Timeout.InfiniteTimeSpan,
    };

    /// <summary>With TCP keep-alive: a peer whose node is gone is noticed while an answer is waited for.</summary>
    private static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, 30);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, 10);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, 6);
            await socket.ConnectAsync(context.DnsEndPoint, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private sealed class BoundedResponses(HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            HttpResponseMessage response = await base.SendAsync(request, cancellationToken);
            if (response.Content.Headers.ContentLength > MaxResponse)
            {
                response.Dispose();
                throw new HttpRequestException($"the response is larger than {MaxResponse} bytes");
            }

            StreamContent bounded = new(new BoundedStream(await response.Content.ReadAsStreamAsync(cancellationToken), MaxResponse, static () => new IOException($"the response is larger than {MaxResponse} bytes")));
            foreach (KeyValuePair<string, IEnumerable<string>> header in response.Content.Headers)
            {
                bounded.Headers.TryAddWithoutValidation(header.Key, header.Value);
            }

            response.Content = bounded;
            return response;
        }
    }
}
