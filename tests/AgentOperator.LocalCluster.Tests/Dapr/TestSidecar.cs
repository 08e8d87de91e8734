using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using AgentOperator.Local.Dapr;
using AgentOperator.Local.Dapr.Sidecars;
using AgentOperator.Local.Tests.Cluster;

namespace AgentOperator.Local.Tests.Dapr;

/// <summary>A sidecar in this process, and a client of it.</summary>
internal sealed class TestSidecar : IAsyncDisposable
{
    private readonly HttpClient _http;

    private TestSidecar(Sidecar sidecar)
    {
        Sidecar = sidecar;
        _http = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, ActivityHeadersPropagator = null });
    }

    public Sidecar Sidecar { get; }

    public List<string> Log { get; } = [];

    public static DaprMesh NewMesh() => new(TimeProvider.System) { RedeliverAfter = TimeSpan.FromMilliseconds(20), InvokeAgainAfter = TimeSpan.FromMilliseconds(5) };

    public static async Task<TestSidecar> StartAsync(TestResources resources, string appId = "app", DaprMesh? mesh = null, FakeApp? app = null, Func<SidecarOptions, SidecarOptions>? configure = null)
    {
        SidecarOptions options = new() { AppId = appId, Namespace = "default", HttpPort = 0, PublicPort = 0, AppPort = app?.Port ?? 0, Grace = TimeSpan.Zero };
        List<string> log = [];
        Sidecar sidecar = await Sidecar.StartAsync(
            configure?.Invoke(options) ?? options,
            mesh ?? NewMesh(),
            resources,
            null,
            line =>
            {
                lock (log)
                {
                    log.Add(line);
                }
            },
            TestContext.Current.CancellationToken);
        TestSidecar test = new(sidecar);
        test.Log.AddRange(log);
        if (app is not null)
        {
            await Until.Async(() => Task.FromResult(sidecar.IsReady), static ready => ready, 60);
        }

        return test;
    }

    public Task<HttpResponseMessage> SendAsync(string method, string path, string? body = null, string? contentType = null, params (string Name, string Value)[] headers) =>
        SendAsync(Sidecar.Address, method, path, body is null ? null : Encoding.UTF8.GetBytes(body), contentType, headers);

    public async Task<HttpResponseMessage> SendAsync(Uri root, string method, string path, byte[]? body, string? contentType, params (string Name, string Value)[] headers)
    {
        using HttpRequestMessage request = new(new HttpMethod(method), new Uri(root.ToString().TrimEnd('/') + path, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));
        if (body is not null)
        {
            request.Content = new ByteArrayContent(body);
            request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        }

        foreach ((string name, string value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
    }

    /// <summary>Status and body of an answer.</summary>
    public async Task<(int Status, string Body)> AskAsync(string method, string path, string? body = null, string? contentType = "application/json", params (string Name, string Value)[] headers)
    {
        using HttpResponseMessage response = await SendAsync(method, path, body, contentType, headers);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    /// <summary>Status and Dapr's name of a refusal.</summary>
    public async Task<(int Status, string Code)> RefusedAsync(string method, string path, string? body = null, string? contentType = "application/json", params (string Name, string Value)[] headers)
    {
        (int status, string text) = await AskAsync(method, path, body, contentType, headers);
        return (status, JsonNode.Parse(text)!["errorCode"]!.GetValue<string>());
    }

    public async Task OkAsync(string method, string path, string? body = null, string? contentType = "application/json", params (string Name, string Value)[] headers)
    {
        (int status, string text) = await AskAsync(method, path, body, contentType, headers);
        status.ShouldBe((int)HttpStatusCode.NoContent, text);
    }

    public Task PublishAsync(string topic, string body, string contentType = "application/json", string query = "", params (string Name, string Value)[] headers) =>
        OkAsync("POST", $"/v1.0/publish/bus/{topic}{query}", body, contentType, headers);

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await Sidecar.DisposeAsync();
    }
}
