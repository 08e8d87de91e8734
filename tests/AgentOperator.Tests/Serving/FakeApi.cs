using System.Collections.Concurrent;
using System.Text;
using AgentOperator.Kube;
using AgentOperator.Kube.Configuration;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace AgentOperator.Tests.Serving;

/// <summary>An API server that has only what a test gives it, takes every write and records it.</summary>
internal sealed class FakeApi : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> _writes = new();
    private readonly WebApplication _application;

    private FakeApi(WebApplication application, Func<string, string, (int Code, string Body)?> answer)
    {
        _application = application;
        _application.Run(context => AnswerAsync(context, answer));
    }

    /// <summary>Method and path of each write, in their order.</summary>
    public IReadOnlyList<string> Writes => [.. _writes];

    public KubeClient Connect() => new(new KubeConnection { Server = new Uri(_application.Urls.Single()) });

    /// <summary>Starts one; null as an answer leaves a request to it, which is told method and path with query.</summary>
    public static async Task<FakeApi> StartAsync(Func<string, string, (int Code, string Body)?> answer)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        FakeApi api = new(builder.Build(), answer);
        await api._application.StartAsync(TestContext.Current.CancellationToken);
        return api;
    }

    public ValueTask DisposeAsync() => _application.DisposeAsync();

    private async Task AnswerAsync(HttpContext context, Func<string, string, (int Code, string Body)?> answer)
    {
        HttpRequest request = context.Request;
        using StreamReader reader = new(request.Body, Encoding.UTF8);
        string sent = await reader.ReadToEndAsync(context.RequestAborted);
        bool isRead = request.Method == "GET";
        if (!isRead)
        {
            _writes.Enqueue($"{request.Method} {request.Path}");
        }

        (int code, string body) = answer(request.Method, $"{request.Path}{Uri.UnescapeDataString(request.QueryString.Value ?? "")}") ?? (isRead ? (404, """{"kind":"Status","code":404,"reason":"NotFound"}""") : (200, sent));
        context.Response.StatusCode = code;
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(body, context.RequestAborted);
    }
}
