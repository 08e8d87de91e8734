using System.Net;
using System.Security.Cryptography.X509Certificates;
using AgentOperator.Kube.Configuration;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace AgentOperator.EndToEnd.Faults;

/// <summary>Stands between a client and the API server and does what networks and servers do: refuses, cuts, stalls, ends within a line, forgets versions, goes away.</summary>
internal sealed class FaultProxy : IAsyncDisposable
{
    private const string Expired = """{"type":"ERROR","object":{"kind":"Status","apiVersion":"v1","status":"Failure","message":"too old resource version","reason":"Expired","code":410}}""" + "\n";

    private readonly WebApplication _application;
    private readonly HttpClient _upstream;
    private readonly KubeConnection _target;
    private readonly Random _random;
    private readonly Lock _gate = new();

    private FaultProxy(KubeConnection target, int seed)
    {
        _target = target;
        _random = new Random(seed);
        _upstream = ProxyTls.Upstream(target);
        X509Certificate2 certificate = ProxyTls.Certificate();
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            listen.Protocols = HttpProtocols.Http2;
            listen.Use(next => async connection =>
            {
                // TLS that takes its time.
                await Task.Delay(TimeSpan.FromMilliseconds(Chance(0.2) ? Next(500) : 0), TimeProvider.System);
                await next(connection);
            });
            listen.UseHttps(certificate);
        }));
        _application = builder.Build();
        _application.Run(AnswerAsync);
        Connection = target with { CertificateAuthorityPem = certificate.ExportCertificatePem() };
    }

    /// <summary>Reaches the API server through the proxy.</summary>
    public KubeConnection Connection { get; private set; }

    /// <summary>Faults so far, by name.</summary>
    public Dictionary<string, int> Faults { get; } = [];

    /// <summary>Set to false to let everything pass.</summary>
    public bool IsFaulty { get; set; } = true;

    /// <summary>How long a stalled watch says nothing; the client's watchdog should end it sooner.</summary>
    public TimeSpan Stall { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Share of watches that stall.</summary>
    public double StallChance { get; init; }

    public static async Task<FaultProxy> StartAsync(KubeConnection target, int seed, double stallChance)
    {
        FaultProxy proxy = new(target, seed) { StallChance = stallChance };
        await proxy._application.StartAsync();
        proxy.Connection = proxy.Connection with { Server = new Uri(proxy._application.Urls.Single()) };
        return proxy;
    }

    public async ValueTask DisposeAsync()
    {
        await _application.StopAsync(new CancellationToken(canceled: true));
        await _application.DisposeAsync();
        _upstream.Dispose();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        bool isWatch = context.Request.Query.ContainsKey("watch");
        if (IsFaulty && Refusal(isWatch) is { } refusal)
        {
            await RefuseAsync(context, refusal);
            return;
        }

        if (IsFaulty && Chance(0.05))
        {
            Count("goaway");
            context.Response.Headers.Connection = "close";
        }

        using HttpRequestMessage request = new(new HttpMethod(context.Request.Method), context.Request.Path + context.Request.QueryString);
        request.Headers.Authorization = new("Bearer", _target.Token);
        using HttpResponseMessage response = await _upstream.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, context.RequestAborted);
        context.Response.StatusCode = (int)response.StatusCode;
        context.Response.ContentType = "application/json";
        await using Stream body = await response.Content.ReadAsStreamAsync(context.RequestAborted);
        if (isWatch && IsFaulty && response.IsSuccessStatusCode)
        {
            await SpoilAsync(context, body);
        }
        else
        {
            await body.CopyToAsync(context.Response.Body, context.RequestAborted);
        }
    }

    private int? Refusal(bool isWatch) => Next(100) switch
    {
        < 6 => 429,
        < 10 => 500,
        < 14 => 504,
        < 18 when isWatch => 410,
        _ => null,
    };

    private async Task RefuseAsync(HttpContext context, int code)
    {
        Count(code.ToString(System.Globalization.CultureInfo.InvariantCulture));
        context.Response.StatusCode = code;
        context.Response.ContentType = "application/json";
        if (code == 429)
        {
            context.Response.Headers.RetryAfter = "1";
        }

        await context.Response.WriteAsync($$"""{"kind":"Status","apiVersion":"v1","status":"Failure","message":"injected","reason":"{{(code == 410 ? "Expired" : "Injected")}}","code":{{code}}}""");
    }

    /// <summary>Passes some bytes of a watch on, then does harm.</summary>
    private async Task SpoilAsync(HttpContext context, Stream body)
    {
        byte[] buffer = new byte[512];
        int left = Next(20_000);
        while (left > 0)
        {
            int read = await body.ReadAsync(buffer.AsMemory(0, Math.Min(left, buffer.Length)), context.RequestAborted);
            if (read == 0)
            {
                return;
            }

            await context.Response.Body.WriteAsync(buffer.AsMemory(0, read), context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
            left -= read;
        }

        if (Chance(StallChance))
        {
            Count("stall");
            await Task.Delay(Stall, TimeProvider.System, context.RequestAborted);
        }
        else if (Chance(0.4))
        {
            Count("half line");
        }
        else if (Chance(0.5))
        {
            Count("cut");
            context.Abort();
        }
        else
        {
            // After the rest of the line, so that the event stands by itself.
            Count("410 event");
            for (int one; (one = await NextByteAsync(body, buffer, context.RequestAborted)) >= 0;)
            {
                await context.Response.Body.WriteAsync(buffer.AsMemory(0, 1), context.RequestAborted);
                if (one == '\n')
                {
                    await context.Response.WriteAsync(Expired, context.RequestAborted);
                    return;
                }
            }
        }
    }

    private static async Task<int> NextByteAsync(Stream body, byte[] buffer, CancellationToken cancellation) =>
        await body.ReadAsync(buffer.AsMemory(0, 1), cancellation) == 1 ? buffer[0] : -1;

    private bool Chance(double share) => Next(1_000_000) < share * 1_000_000;

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
