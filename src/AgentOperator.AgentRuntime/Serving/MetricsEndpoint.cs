using AgentOperator.AgentRuntime.Telemetry;
using AgentOperator.Metrics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace AgentOperator.AgentRuntime.Serving;

/// <summary>/metrics in Prometheus' text form.</summary>
internal sealed class MetricsEndpoint : IDisposable
{
    private readonly PrometheusExporter _exporter = new();
    private readonly MeterProvider _provider;

    public MetricsEndpoint(RuntimeTelemetry telemetry)
    {
        _ = telemetry;
        _provider = Sdk.CreateMeterProviderBuilder().AddMeter(RuntimeTelemetry.SourceName).AddReader(new BaseExportingMetricReader(_exporter)).Build();
    }

    public void Map(IEndpointRouteBuilder routes) => routes.MapGet("/metrics", (RequestDelegate)AnswerAsync);

    public void Dispose() => _provider.Dispose();

    private Task AnswerAsync(HttpContext http)
    {
        http.Response.ContentType = PrometheusText.ContentType;
        return http.Response.WriteAsync(_exporter.Scrape());
    }
}
