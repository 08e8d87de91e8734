using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace AgentOperator.AgentRuntime.Tests.Models;

/// <summary>A provider on loopback: each request takes the next answer, the last one stays.</summary>
internal sealed class ModelServer : IAsyncDisposable
{
    private readonly ConcurrentQueue<Func<HttpContext, Task>> _answers = new();
    private readonly WebApplication _app;

    private ModelServer(WebApplication app) => _app = app;

    public ConcurrentQueue<(string Path, IReadOnlyDictionary<string, string> Headers, JsonElement Body)> Requests { get; } = new();

    public Uri Address { get; private set; } = null!;

    /// <summary>As an OpenAI base URL.</summary>
    public Uri V1 => new(Address, "v1");

    public static async Task<ModelServer> StartAsync(params Func<HttpContext, Task>[] answers)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(static kestrel =>
        {
            kestrel.Listen(System.Net.IPAddress.Loopback, 0, static listen => listen.Protocols = HttpProtocols.Http1);
            kestrel.Limits.MinResponseDataRate = null;
        });
        ModelServer server = new(builder.Build());
        foreach (Func<HttpContext, Task> answer in answers)
        {
            server._answers.Enqueue(answer);
        }

        server._app.Run(server.AnswerAsync);
        await server._app.StartAsync(TestContext.Current.CancellationToken);
        server.Address = new Uri(server._app.Urls.First());
        return server;
    }

    public static Func<HttpContext, Task> Json(string text, int status = 200, params (string Name, string Value)[] headers) => async context =>
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        foreach ((string name, string value) in headers)
        {
            context.Response.Headers[name] = value;
        }

        await context.Response.WriteAsync(text);
    };

    public static Func<HttpContext, Task> Recorded(string file) => async context =>
    {
        context.Response.ContentType = file.EndsWith(".sse", StringComparison.Ordinal) ? "text/event-stream" : "application/json";
        await context.Response.WriteAsync(Read(file));
    };

    /// <summary>The file up to a text, and then the connection breaks.</summary>
    public static Func<HttpContext, Task> CutBefore(string file, string text) => async context =>
    {
        // Less than was promised: what was written arrives for sure, which a reset connection does not grant.
        string whole = Read(file);
        context.Response.ContentType = "text/event-stream";
        context.Response.ContentLength = whole.Length;
        await context.Response.WriteAsync(whole[..whole.IndexOf(text, StringComparison.Ordinal)]);
        await context.Response.Body.FlushAsync();
    };

    /// <summary>The file up to a text, and then a proper end of the body.</summary>
    public static Func<HttpContext, Task> EndBefore(string file, string text) => async context =>
    {
        string whole = Read(file);
        context.Response.ContentType = "text/event-stream";
        await context.Response.WriteAsync(whole[..whole.IndexOf(text, StringComparison.Ordinal)]);
    };

    /// <summary>The file up to a text, and then nothing until the client leaves.</summary>
    public static Func<HttpContext, Task> StallBefore(string file, string text) => async context =>
    {
        string whole = Read(file);
        context.Response.ContentType = "text/event-stream";
        await context.Response.WriteAsync(whole[..whole.IndexOf(text, StringComparison.Ordinal)]);
        await context.Response.Body.FlushAsync();
        await Left(context);
    };

    public static Task Silence(HttpContext context) => Left(context);

    public static async Task Endless(HttpContext context)
    {
        byte[] piece = Encoding.UTF8.GetBytes(new string('x', 1024 * 1024));
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync("{\"id\":\"");
        while (!context.RequestAborted.IsCancellationRequested)
        {
            await context.Response.Body.WriteAsync(piece, context.RequestAborted);
        }
    }

    public static string Read(string file) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Models", "Recorded", file));

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private static async Task Left(HttpContext context)
    {
        TaskCompletionSource left = new();
        await using CancellationTokenRegistration registration = context.RequestAborted.Register(left.SetResult);
        await left.Task;
    }

    private async Task AnswerAsync(HttpContext context)
    {
        using JsonDocument body = await JsonDocument.ParseAsync(context.Request.Body);
        Requests.Enqueue((context.Request.Path, context.Request.Headers.ToDictionary(static header => header.Key, static header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase), body.RootElement.Clone()));
        if (_answers.Count > 1 ? _answers.TryDequeue(out Func<HttpContext, Task>? answer) : _answers.TryPeek(out answer))
        {
            await answer(context);
        }
    }
}
