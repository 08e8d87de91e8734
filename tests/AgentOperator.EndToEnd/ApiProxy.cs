using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using AgentOperator.EndToEnd.Faults;
using AgentOperator.Kube.Configuration;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace AgentOperator.EndToEnd;

/// <summary>Stands before the API server, without credentials of its own: notes what was asked for, and sends every create twice, as a retry on the way would.</summary>
internal sealed class ApiProxy : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, bool> _used = new(StringComparer.Ordinal);
    private readonly TaskCompletionSource _refused = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly HttpClient _server;
    private readonly WebApplication _application;

    private ApiProxy(KubeConnection connection)
    {
        _server = ProxyTls.Upstream(connection);
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(static kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _application = builder.Build();
        _application.Run(ForwardAsync);
    }

    /// <summary>What was asked for, as <c>verb group/resource</c>.</summary>
    public IEnumerable<string> Used => _used.Keys;

    /// <summary>Released with each request.</summary>
    public SemaphoreSlim Requested { get; } = new(0);

    /// <summary>Completes when the server has forbidden something.</summary>
    public Task Refused => _refused.Task;

    public string Address => _application.Urls.Single();

    public static async Task<ApiProxy> StartAsync(KubeConnection connection)
    {
        ApiProxy proxy = new(connection);
        await proxy._application.StartAsync(TestContext.Current.CancellationToken);
        return proxy;
    }

    public async ValueTask DisposeAsync()
    {
        // Watches have no end of their own.
        await _application.StopAsync(new CancellationToken(canceled: true));
        await _application.DisposeAsync();
        _server.Dispose();
        Requested.Dispose();
    }

    private async Task ForwardAsync(HttpContext context)
    {
        if (Access(context.Request) is { } access)
        {
            _used.TryAdd(access, true);
        }

        Requested.Release();
        using MemoryStream body = new();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        if (HttpMethods.IsPost(context.Request.Method))
        {
            (await SendAsync(context, body.ToArray())).Dispose();
        }

        using HttpResponseMessage response = await SendAsync(context, body.ToArray());
        // That a forged approval is refused is what the operator wants to see.
        if (response.StatusCode == HttpStatusCode.Forbidden && !context.Request.Query.ContainsKey("dryRun"))
        {
            _refused.TrySetResult();
        }

        if (response.StatusCode == HttpStatusCode.Created && HttpMethods.IsPatch(context.Request.Method))
        {
            // An apply of what is not there yet needs the right to create it too.
            _used.TryAdd(Access(context.Request)!.Replace("patch ", "create ", StringComparison.Ordinal), true);
        }

        context.Response.StatusCode = (int)response.StatusCode;
        context.Response.ContentType = response.Content.Headers.ContentType?.ToString();
        await context.Response.StartAsync(context.RequestAborted);
        await using Stream content = await response.Content.ReadAsStreamAsync(context.RequestAborted);
        byte[] buffer = new byte[16 * 1024];
        for (int read; (read = await content.ReadAsync(buffer, context.RequestAborted)) > 0;)
        {
            await context.Response.Body.WriteAsync(buffer.AsMemory(0, read), context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
        }
    }

    private async Task<HttpResponseMessage> SendAsync(HttpContext context, byte[] body)
    {
        using HttpRequestMessage request = new(new HttpMethod(context.Request.Method), context.Request.Path + context.Request.QueryString.ToString());
        request.Headers.Authorization = AuthenticationHeaderValue.Parse(context.Request.Headers.Authorization.ToString());
        if (body.Length > 0)
        {
            request.Content = new ByteArrayContent(body);
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(context.Request.ContentType!);
        }

        return await _server.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, context.RequestAborted);
    }

    /// <summary>The request as RBAC sees it; null for discovery, which everybody may use.</summary>
    private static string? Access(HttpRequest request)
    {
        string[] path = request.Path.Value!.Split('/', StringSplitOptions.RemoveEmptyEntries);
        (string group, string[] rest) = path[0] == "api" ? ("", path[2..]) : (path[1], path[3..]);
        if (rest is [])
        {
            return null;
        }

        rest = rest is ["namespaces", _, _, ..] ? rest[2..] : rest;
        bool isNamed = rest.Length > 1;
        string verb = request.Method switch
        {
            "GET" => isNamed ? "get" : request.Query.ContainsKey("watch") ? "watch" : "list",
            "POST" => "create",
            "PUT" => "update",
            "DELETE" => isNamed ? "delete" : "deletecollection",
            string method => method.ToLowerInvariant(),
        };
        return $"{verb} {group}/{rest[0]}{(rest.Length > 2 ? $"/{rest[2]}" : "")}";
    }
}
