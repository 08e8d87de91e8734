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
    }))
    {
        // Each call has its own limit.
        Timeout = Timeout.InfiniteTimeSpan,
    };

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

            StreamContent bounded = new(new BoundedReadStream(await response.Content.ReadAsStreamAsync(cancellationToken), MaxResponse));
            foreach (KeyValuePair<string, IEnumerable<string>> header in response.Content.Headers)
            {
                bounded.Headers.TryAddWithoutValidation(header.Key, header.Value);
            }

            response.Content = bounded;
            return response;
        }
    }
}
