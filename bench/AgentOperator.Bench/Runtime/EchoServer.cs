using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Hosting;

namespace AgentOperator.Bench.Runtime;

/// <summary>What HTTP itself costs: Kestrel with nothing but a body that goes back.</summary>
internal static class EchoServer
{
    public const string Command = "echo";

    public static async Task RunAsync(IPEndPoint address, CancellationToken cancellation)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(address));
        await using WebApplication server = builder.Build();
        server.Run(static http =>
        {
            http.Response.ContentType = "application/json";
            return http.Request.Body.CopyToAsync(http.Response.Body, http.RequestAborted);
        });
        await ((IHost)server).RunAsync(cancellation);
    }
}
