using System.Net.Sockets;
using AgentOperator.Configuration;
using AgentOperator.Probes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AgentOperator.Hosting;

/// <summary>A server of HTTP/1.1 without TLS on an address that was asked for.</summary>
internal static class PlainServer
{
    /// <summary>Listens.</summary>
    /// <param name="flag">Option that the address is from.</param>
    /// <param name="address">Where.</param>
    /// <param name="maxBody">Most bytes of a request's body; Kestrel's own limit if null.</param>
    /// <param name="answer">Answers requests.</param>
    /// <param name="loggers">For the server's own words.</param>
    /// <param name="cancellation">Ends the start.</param>
    /// <exception cref="ProbeServerException">The port is taken; the message says what to do.</exception>
    public static async Task<WebApplication> StartAsync(string flag, BindAddress address, long? maxBody, RequestDelegate answer, ILoggerFactory loggers, CancellationToken cancellation)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton(loggers);
        builder.Services.AddSingleton<IHostLifetime, InnerLifetime>();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = maxBody ?? kestrel.Limits.MaxRequestBodySize;
            if (address.Host is null)
            {
                kestrel.ListenAnyIP(address.Port, Speak);
            }
            else
            {
                kestrel.Listen(address.Host, address.Port, Speak);
            }
        });
        WebApplication server = builder.Build();
        server.Run(answer);
        try
        {
            await server.StartAsync(cancellation);
            return server;
        }
        catch (Exception error) when (error is IOException or SocketException)
        {
            await server.DisposeAsync();
            throw new ProbeServerException($"Cannot listen on {address}: {error.Message} Choose another address with {flag}, or 0 for none.", error);
        }
    }

    private static void Speak(ListenOptions listen) => listen.Protocols = HttpProtocols.Http1;
}
