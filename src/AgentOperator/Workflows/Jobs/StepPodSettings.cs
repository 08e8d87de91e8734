using AgentOperator.Channels;
using AgentOperator.Kube.Models.Core;

namespace AgentOperator.Workflows.Jobs;

/// <summary>What the operator gives to steps' pods, once it is known.</summary>
internal sealed class StepPodSettings(OperatorOptions options, ChannelState channel)
{
    private readonly IReadOnlyList<EnvVar> _telemetry = options.AgentOtlpEndpoint is { } endpoint ? [new EnvVar { Name = "OTEL_EXPORTER_OTLP_ENDPOINT", Value = endpoint }] : [];

    public async Task<StepPodOptions> GetAsync(CancellationToken cancellation) =>
        new() { RuntimeImage = options.AgentRuntimeImage, Channel = await channel.AccessAsync(cancellation), TelemetryVariables = _telemetry };
}
