using AgentOperator.Api.Runtime;
using Microsoft.Extensions.Hosting;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace AgentOperator.AgentRuntime.Telemetry;

/// <summary>OTLP by OpenTelemetry's environment variables; nothing is exported when they name no endpoint.</summary>
internal sealed class TraceExport(RuntimeConfig config, Func<string, string?> environment) : IHostedService, IDisposable
{
    private TracerProvider? _traces;
    private MeterProvider? _metrics;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (!string.Equals(environment("OTEL_SDK_DISABLED"), "true", StringComparison.OrdinalIgnoreCase))
        {
            ResourceBuilder resource = ResourceBuilder.CreateDefault()
                .AddService(config.Name, config.Namespace, config.Revision, autoGenerateServiceInstanceId: false, environment("HOSTNAME"))
                .AddEnvironmentVariableDetector();
            if (Has("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT") && environment("OTEL_TRACES_EXPORTER") != "none")
            {
                _traces = Sdk.CreateTracerProviderBuilder().SetResourceBuilder(resource).AddSource(RuntimeTelemetry.SourceName).AddOtlpExporter().Build();
            }

            if (Has("OTEL_EXPORTER_OTLP_METRICS_ENDPOINT") && environment("OTEL_METRICS_EXPORTER") != "none")
            {
                _metrics = Sdk.CreateMeterProviderBuilder().SetResourceBuilder(resource).AddMeter(RuntimeTelemetry.SourceName).AddOtlpExporter().Build();
            }
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        _traces?.ForceFlush(5000);
        _metrics?.ForceFlush(5000);
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        _traces?.Dispose();
        _metrics?.Dispose();
    }

    private bool Has(string signal) => !string.IsNullOrEmpty(environment(signal)) || !string.IsNullOrEmpty(environment("OTEL_EXPORTER_OTLP_ENDPOINT"));
}
