namespace AgentOperator.AgentRuntime.Models.Http;

/// <summary>The one way to the network for all providers.</summary>
internal static class ModelHttp
{
    /// <summary>One pool of connections for all models of an agent.</summary>
    public static HttpMessageHandler CreateHandler() => new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        ConnectTimeout = TimeSpan.FromSeconds(10),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        ActivityHeadersPropagator = null,
    };

    /// <summary>Its time limit is the caller's token, its size limit the handler's.</summary>
    public static HttpClient CreateClient(HttpMessageHandler network, ModelEndpoint endpoint, TimeProvider time) =>
        new(new ModelHttpHandler(network, endpoint, time), disposeHandler: false) { Timeout = Timeout.InfiniteTimeSpan };
}
