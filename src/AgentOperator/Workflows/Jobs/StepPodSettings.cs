using AgentOperator.Channel;
using AgentOperator.Kube.Models.Core;

namespace AgentOperator.Workflows.Jobs;

/// <summary>What the operator gives to steps' pods, once it is known.</summary>
internal sealed class StepPodSettings(OperatorOptions options, ChannelState channel)
{
    /// <summary>Standard variables that say where traces and metrics go; credentials among them stay with the operator.</summary>
    private static readonly string[] Telemetry = ["OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_PROTOCOL", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT", "OTEL_TRACES_SAMPLER", "OTEL_TRACES_SAMPLER_ARG", "OTEL_METRIC_EXPORT_INTERVAL"];

    private readonly IReadOnlyList<EnvVar> _telemetry = [.. Telemetry
        .Select(static name => new EnvVar { Name = name, Value = Environment.GetEnvironmentVariable(name) })
        .Where(static variable => !string.IsNullOrEmpty(variable.Value))];

    public async Task<StepPodOptions> GetAsync(CancellationToken cancellation) =>
        new() { RuntimeImage = options.AgentRuntimeImage, Channel = await channel.AccessAsync(cancellation), TelemetryVariables = _telemetry };
}
