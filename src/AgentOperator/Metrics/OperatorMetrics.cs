using AgentOperator.Controllers.Metrics;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace AgentOperator.Metrics;

/// <summary>All that is measured in this process.</summary>
internal sealed class OperatorMetrics : IDisposable
{
    private readonly ProcessMetrics _process = new();
    private readonly PrometheusExporter _exporter = new();
    private readonly MeterProvider _provider;

    public OperatorMetrics() => _provider = Sdk.CreateMeterProviderBuilder()
        .AddMeter(MetricNames.Meter, MetricNames.RequestMeter, ProcessMetrics.MeterName, "System.Runtime")
        .AddReader(new BaseExportingMetricReader(_exporter))
        .Build();

    /// <summary>Prometheus' text, as of now.</summary>
    public string Scrape() => _exporter.Scrape();

    public void Dispose()
    {
        _provider.Dispose();
        _process.Dispose();
    }
}
