using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using AgentOperator.EndToEnd.Faults;
using AgentOperator.Kube.Configuration;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace AgentOperator.EndToEnd.Chaos;

/// <summary>Stands between operators and the API server: some writes are refused, some are carried out and their answer is an error, and watches are cut when told to.</summary>
internal sealed class ChaosProxy : IAsyncDisposable
{
    /// <summary>Writes of a hundred that are answered with an error.</summary>
    private const int FaultyWrites = 5;

    private static readonly (int Code, string Reason)[] Errors = [(409, "Conflict"), (429, "TooManyRequests"), (500, "InternalError")];

    private readonly KubeConnection _target;
    private readonly HttpClient _upstream;
    private readonly X509Certificate2 _certificate;
    private readonly WebApplication _application;
    private readonly Random _random;
    private readonly Lock _gate = new();
    private CancellationTokenSource _watches = new();

    private ChaosProxy(KubeConnection target, int seed)
    {
        _target = target;
        _random = new Random(seed);
        _upstream = ProxyTls.Upstream(target);
        _certificate = ProxyTls.Certificate();
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            listen.Protocols = HttpProtocols.Http2;
            listen.UseHttps(_certificate);
        }));
        _application = builder.Build();
        _application.Run(AnswerAsync);
    }

    /// <summary>Faults so far, by name.</summary>
    public Dictionary<string, int> Faults { get; } = new(StringComparer.Ordinal);

    public static async Task<ChaosProxy> StartAsync(KubeConnection target, int seed)
    {
        ChaosProxy proxy = new(target, seed);
        await proxy._application.StartAsync(TestContext.Current.CancellationToken);
        return proxy;
    }

    /// <summary>Writes a kubeconfig that leads through the proxy.</summary>
    public async Task WriteKubeConfigAsync(string path, CancellationToken cancellation) => await File.WriteAllTextAsync(
        path,
        $$"""
        apiVersion: v1
        kind: Config
        current-context: only
        clusters: [{ name: only, cluster: { server: "{{_application.Urls.Single()}}", certificate-authority-data: {{Convert.ToBase64String(Encoding.UTF8.GetBytes(_certificate.ExportCertificatePem()))}} } }]
        users: [{ name: only, user: { token: "{{_target.Token}}" } }]
        contexts: [{ name: only, context: { cluster: only, user: only } }]
        """,
        cancellation);

    /// <summary>Ends every watch that is open.</summary>
    public async Task CutWatchesAsync()
    {
        using CancellationTokenSource before = Interlocked.Exchange(ref _watches, new CancellationTokenSource());
        await before.CancelAsync();
    }

    public async ValueTask DisposeAsync()
    {
        // Watches have no end of their own.
        await _application.StopAsync(new CancellationToken(canceled: true));
        await _application.DisposeAsync();
        _upstream.Dispose();
        _certificate.Dispose();
        _watches.Dispose();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        using MemoryStream body = new();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        (int Code, string Reason)? fault = HttpMethods.IsGet(context.Request.Method) ? null : NextFault();
        bool isCarriedOut = fault is null || (fault is { Code: 500 } && Next(2) == 0);
        if (fault is { } told)
        {
            Count($"{told.Code}{(isCarriedOut ? " after the write" : "")}");
        }

        if (!isCarriedOut)
        {
            await RefuseAsync(context, fault!.Value);
            return;
        }

        try
        {
            using HttpResponseMessage response = await SendAsync(context, body.ToArray());
            if (fault is { } lost)
            {
                await RefuseAsync(context, lost);
                return;
            }

            await PassAsync(context, response);
        }
        catch (Exception error) when (error is HttpRequestException or IOException or OperationCanceledException)
        {
            // The API server is away, the watch was cut, or the client is gone: nobody gets an answer.
            context.Abort();
        }
    }

    private async Task PassAsync(HttpContext context, HttpResponseMessage response)
    {
        context.Response.StatusCode = (int)response.StatusCode;
        context.Response.ContentType = response.Content.Headers.ContentType?.ToString();
        if (response.Headers.RetryAfter is { } after)
        {
            context.Response.Headers.RetryAfter = after.ToString();
        }

        using CancellationTokenSource cut = context.Request.Query.ContainsKey("watch")
            ? CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, _watches.Token)
            : CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        await context.Response.StartAsync(cut.Token);
        await using Stream content = await response.Content.ReadAsStreamAsync(cut.Token);
        byte[] buffer = new byte[16 * 1024];
        for (int read; (read = await content.ReadAsync(buffer, cut.Token)) > 0;)
        {
            await context.Response.Body.WriteAsync(buffer.AsMemory(0, read), cut.Token);
            await context.Response.Body.FlushAsync(cut.Token);
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

        return await _upstream.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, context.RequestAborted);
    }

    private static async Task RefuseAsync(HttpContext context, (int Code, string Reason) fault)
    {
        context.Response.StatusCode = fault.Code;
        context.Response.ContentType = "application/json";
        if (fault.Code == 429)
        {
            context.Response.Headers.RetryAfter = "1";
        }

        await context.Response.WriteAsync(
            string.Create(CultureInfo.InvariantCulture, $$"""{"kind":"Status","apiVersion":"v1","status":"Failure","message":"injected","reason":"{{fault.Reason}}","code":{{fault.Code}}}"""),
            context.RequestAborted);
    }

    private (int Code, string Reason)? NextFault() => Next(100) < FaultyWrites ? Errors[Next(Errors.Length)] : null;

    private int Next(int below)
    {
        lock (_gate)
        {
            return _random.Next(below);
        }
    }

    private void Count(string fault)
    {
        lock (_gate)
        {
            Faults[fault] = Faults.GetValueOrDefault(fault) + 1;
        }
    }
}
