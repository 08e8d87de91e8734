using AgentOperator.AgentRuntime.Serving;
using AgentOperator.AgentRuntime.Serving.A2A;
using AgentOperator.AgentRuntime.Serving.Mcp;
using AgentOperator.AgentRuntime.Telemetry;
using AgentOperator.Api.Runtime;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AgentOperator.AgentRuntime.Hosting;

/// <summary>The HTTP server of an agent.</summary>
internal static class AgentServer
{
    /// <summary>What a request may hold beside its input: JSON-RPC, names, metadata.</summary>
    private const int BodySlack = 64 * 1024;

    public static WebApplication Build(AgentParts parts, ListenAddress address, Action<ILoggingBuilder>? logging = null)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        RuntimeLogging.Add(builder.Logging);
        logging?.Invoke(builder.Logging);
        builder.Services.AddRoutingCore();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = Draining.TimeOf(parts.Plan.Config.Limits));
        builder.Services.AddSingleton(parts.Time);
        BodyLimit limit = new(parts.Guard.MaxInputBytes + BodySlack, parts.Time);
        builder.Services.AddSingleton(parts);
        builder.Services.AddSingleton(static provider => provider.GetRequiredService<AgentParts>().CreateLoop(provider.GetRequiredService<ILoggerFactory>()));
        builder.Services.AddSingleton<CallGate>();
        builder.Services.AddSingleton<SkillEndpoints>();
        builder.Services.AddSingleton<McpEndpoint>();
        builder.Services.AddSingleton<DaprEndpoints>();
        builder.Services.AddSingleton<TaskStore>();
        builder.Services.AddSingleton<A2AService>();
        builder.Services.AddSingleton<A2AEndpoints>();
        builder.Services.AddSingleton<HealthEndpoints>();
        builder.Services.AddSingleton(provider => new MetricsEndpoint(parts.Telemetry));
        builder.Services.AddHostedService(provider => parts.CreateToolKeeper(provider.GetRequiredService<ILoggerFactory>()));
        if (parts.CreateReporter is { } create)
        {
            builder.Services.AddHostedService(provider => create(provider.GetRequiredService<ILoggerFactory>()));
        }

        builder.Services.AddHostedService(provider => new TraceExport(parts.Plan.Config, Environment.GetEnvironmentVariable));

        // The last one stops first: calls under way still need their tools, reports and traces.
        builder.Services.AddHostedService(static provider => provider.GetRequiredService<CallGate>());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxConcurrentConnections = 10_000;
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
        server.Use(next => http => AnswerAsync(next, http));
        server.Use(next => http => limit.PassAsync(next, http));
        server.UseRouting();
        server.Services.GetRequiredService<HealthEndpoints>().Map(server);
        server.Services.GetRequiredService<MetricsEndpoint>().Map(server);
        server.Services.GetRequiredService<SkillEndpoints>().Map(server);
        server.Services.GetRequiredService<McpEndpoint>().Map(server);
        server.Services.GetRequiredService<DaprEndpoints>().Map(server);
        server.Services.GetRequiredService<A2AEndpoints>().Map(server);
        server.MapFallback(static http => Problems.WriteAsync(http, StatusCodes.Status404NotFound, "NotFound", "Not found", "Here are /v1/skills, /mcp, /a2a, /.well-known/agent-card.json, /healthz, /readyz and /metrics."));
        return server;
    }

    private static void Speak(ListenOptions listen) => listen.Protocols = HttpProtocols.Http1;

    private static async Task AnswerAsync(RequestDelegate next, HttpContext http)
    {
        try
        {
            await next(http);
        }
        catch (Microsoft.AspNetCore.Http.BadHttpRequestException error) when (!http.Response.HasStarted)
        {
            await Problems.WriteAsync(http, error.StatusCode, Loop.SkillReasons.BadInput, "Bad request", error.Message);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // The caller left: nobody reads an answer.
        }
    }
}
