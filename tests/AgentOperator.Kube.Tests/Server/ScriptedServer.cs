using System.Collections.Concurrent;
using System.Net;
using AgentOperator.Kube.Configuration;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace AgentOperator.Kube.Tests.Server;

/// <summary>A real HTTPS server on the loopback address that answers what a test tells it to.</summary>
internal sealed class ScriptedServer : IAsyncDisposable
{
    private readonly ConcurrentQueue<RecordedRequest> _requests = new();
    private readonly TestAuthority _authority = new();
    private WebApplication? _application;

    private ScriptedServer()
    {
    }

    public IReadOnlyList<RecordedRequest> Requests => [.. _requests];

    public KubeConnection Connection { get; private set; } = null!;

    /// <summary>Starts with a certificate of an authority of its own, good for 127.0.0.1.</summary>
    public static async Task<ScriptedServer> StartAsync(RequestDelegate answer, WireProtocol protocol = WireProtocol.Http2, Action<HttpsConnectionAdapterOptions>? tls = null, IPAddress? address = null)
    {
        ScriptedServer server = new();
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(address ?? IPAddress.Loopback, 0, listen =>
        {
            listen.Protocols = protocol == WireProtocol.Http2 ? HttpProtocols.Http2 : HttpProtocols.Http1;
            listen.UseHttps(https =>
            {
                https.ServerCertificate = server._authority.IssueServer((address ?? IPAddress.Loopback).ToString());
                tls?.Invoke(https);
            });
        }));
        WebApplication application = builder.Build();
        application.Run(async context =>
        {
            server._requests.Enqueue(await RecordedRequest.ReadAsync(context.Request));
            await answer(context);
        });
        await application.StartAsync(TestContext.Current.CancellationToken);
        server._application = application;
        server.Connection = new KubeConnection { Server = new Uri(application.Urls.Single()), CertificateAuthorityPem = server._authority.Pem };
        return server;
    }

    public KubeClient Connect(TimeProvider? time = null, Func<KubeConnection, KubeConnection>? change = null) => new(change is null ? Connection : change(Connection), time);

    public async ValueTask DisposeAsync()
    {
        if (_application is not null)
        {
            // A test that left a request open must not wait for a graceful end.
            await _application.StopAsync(new CancellationToken(canceled: true));
            await _application.DisposeAsync();
        }

        _authority.Dispose();
    }
}
