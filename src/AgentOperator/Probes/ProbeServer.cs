using AgentOperator.Configuration;
using AgentOperator.Hosting;
using AgentOperator.Metrics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AgentOperator.Probes;

/// <summary>/healthz and /readyz on one port, /metrics on another: a NetworkPolicy can part them.</summary>
internal sealed partial class ProbeServer(OperatorOptions options, OperatorMetrics metrics, Readiness readiness, ILoggerFactory loggers) : IHostedService
{
    private readonly List<WebApplication> _servers = [];
    private readonly ILogger<ProbeServer> _logger = loggers.CreateLogger<ProbeServer>();

    /// <summary>Listens.</summary>
    /// <exception cref="ProbeServerException">A port is taken; the message says what to do.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.Probes is { } probes)
        {
            await StartAsync("--health-probe-bind-address", probes, options.Metrics == probes ? AnswerAllAsync : AnswerProbeAsync, cancellationToken);
        }

        if (options.Metrics is { } address && options.Metrics != options.Probes)
        {
            await StartAsync("--metrics-bind-address", address, AnswerMetricsAsync, cancellationToken);
        }
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        foreach (WebApplication server in _servers)
        {
            await server.StopAsync(cancellationToken);
            await server.DisposeAsync();
        }
    }

    private async Task StartAsync(string flag, BindAddress address, RequestDelegate answer, CancellationToken cancellation)
    {
        WebApplication server = await PlainServer.StartAsync(flag, address, null, answer, loggers, cancellation);
        _servers.Add(server);
        LogListening(_logger, flag, string.Join(' ', server.Urls));
    }

    private Task AnswerAllAsync(HttpContext http) => http.Request.Path == "/metrics" ? AnswerMetricsAsync(http) : AnswerProbeAsync(http);

    private Task AnswerProbeAsync(HttpContext http)
    {
        switch (http.Request.Path.Value)
        {
            case "/healthz":
                return http.Response.WriteAsync("ok\n");
            case "/readyz":
                ReadinessReport report = readiness.Report();
                http.Response.StatusCode = report.IsReady ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
                return http.Response.WriteAsync(report.ToString());
            default:
                http.Response.StatusCode = StatusCodes.Status404NotFound;
                return http.Response.WriteAsync("Here are /healthz and /readyz.\n");
        }
    }

    private Task AnswerMetricsAsync(HttpContext http)
    {
        if (http.Request.Path != "/metrics")
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return http.Response.WriteAsync("Here is /metrics.\n");
        }

        http.Response.ContentType = PrometheusText.ContentType;
        return http.Response.WriteAsync(metrics.Scrape());
    }

    [LoggerMessage(1, LogLevel.Information, "{Flag}: listening on {Addresses}")]
    private static partial void LogListening(ILogger logger, string flag, string addresses);
}
