using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using AgentOperator.Local.Dapr.Sidecars;
using AgentOperator.Local.Tests.Cluster;
using Microsoft.AspNetCore.Http;

namespace AgentOperator.Local.Tests.Dapr;

/// <summary>An app beside a sidecar: answers as it is told, and remembers what it got.</summary>
internal sealed class FakeApp : IAsyncDisposable
{
    private readonly ConcurrentQueue<Received> _received = new();
    private readonly SidecarServer _server;

    public FakeApp() => _server = new SidecarServer(IPAddress.Loopback, 0, 100 << 20, HandleAsync);

    /// <summary>Answers of <c>/dapr/subscribe</c>; null: 404.</summary>
    public string? Subscriptions { get; init; }

    /// <summary>What it does with other requests; 200 and nothing by default.</summary>
    public Func<HttpContext, string, Task> Answer { get; set; } = static (_, _) => Task.CompletedTask;

    public int Port => _server.Address.Port;

    public IReadOnlyList<Received> All => [.. _received];

    public static async Task<FakeApp> StartAsync(string? subscriptions = null, Func<HttpContext, string, Task>? answer = null)
    {
        FakeApp app = new() { Subscriptions = subscriptions };
        if (answer is not null)
        {
            app.Answer = answer;
        }

        await app._server.StartAsync(TestContext.Current.CancellationToken);
        return app;
    }

    /// <summary>What came at a path, once there is so much of it.</summary>
    public Task<IReadOnlyList<Received>> AtAsync(string path, int count = 1) =>
        Until.Async(() => Task.FromResult<IReadOnlyList<Received>>([.. _received.Where(received => received.Path == path)]), received => received.Count >= count, 60);

    public async ValueTask DisposeAsync()
    {
        using CancellationTokenSource now = new(TimeSpan.Zero);
        await _server.StopAsync(now.Token);
        _server.Dispose();
    }

    private async Task HandleAsync(HttpContext http)
    {
        using StreamReader reader = new(http.Request.Body);
        string body = await reader.ReadToEndAsync(http.RequestAborted);
        string path = http.Request.Path.Value!;
        if (path is "/dapr/subscribe" or "/dapr/config")
        {
            http.Response.StatusCode = path == "/dapr/subscribe" && Subscriptions is not null ? 200 : 404;
            await http.Response.WriteAsync(path == "/dapr/subscribe" ? Subscriptions ?? "" : "", http.RequestAborted);
            return;
        }

        _received.Enqueue(new Received(http.Request.Method, path, http.Request.QueryString.Value ?? "", http.Request.Headers.ToDictionary(static header => header.Key, static header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase), body));
        await Answer(http, body);
    }

    /// <summary>A request that came.</summary>
    internal sealed record Received(string Method, string Path, string Query, IReadOnlyDictionary<string, string> Headers, string Body)
    {
        public JsonNode Json => JsonNode.Parse(Body)!;

        public string Base64 => Encoding.UTF8.GetString(Convert.FromBase64String(Json["data_base64"]!.GetValue<string>()));
    }
}
