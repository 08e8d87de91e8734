using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace AgentOperator.Local.Dapr.Sidecars;

/// <summary>One port of a sidecar. Kestrel alone: a host for each would listen to the process's signals.</summary>
internal sealed class SidecarServer : IHttpApplication<HttpContext>, IDisposable
{
    private readonly KestrelServer _kestrel;
    private readonly Func<HttpContext, Task> _handle;

    public SidecarServer(IPAddress address, int port, long maxBodyBytes, Func<HttpContext, Task> handle)
    {
        _handle = handle;
        KestrelServerOptions options = new() { AddServerHeader = false };
        options.Limits.MaxRequestBodySize = maxBodyBytes;
        options.Limits.MinRequestBodyDataRate = null;
        options.Limits.MinResponseDataRate = null;
        options.Listen(address, port);
        _kestrel = new KestrelServer(Options.Create(options), new SocketTransportFactory(Options.Create(new SocketTransportOptions()), NullLoggerFactory.Instance), NullLoggerFactory.Instance);
    }

    /// <summary>Where it listens.</summary>
    public Uri Address => new(_kestrel.Features.Get<IServerAddressesFeature>()!.Addresses.First());

    public Task StartAsync(CancellationToken cancellation) => _kestrel.StartAsync(this, cancellation);

    /// <summary>Ends; what is under way then is broken off.</summary>
    public Task StopAsync(CancellationToken patience) => _kestrel.StopAsync(patience);

    public HttpContext CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

    public Task ProcessRequestAsync(HttpContext context) => _handle(context);

    public void DisposeContext(HttpContext context, Exception? exception)
    {
        // Nothing is held for a request.
    }

    public void Dispose() => _kestrel.Dispose();
}
