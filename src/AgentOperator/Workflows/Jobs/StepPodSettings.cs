using AgentOperator.Channels;
using AgentOperator.Kube.Models.Core;

namespace AgentOperator.Workflows.Jobs;

/// <summary>What the operator gives to steps' pods, once it is known.</summary>
internal sealed class StepPodSettings(OperatorOptions options, ChannelState channel)
{
    private readonly IReadOnlyList<EnvVar> _telemetry = options.AgentOtlpEndpoint is { } endpoint ? [new EnvVar { Name = "OTEL_EXPORTER_OTLP_ENDPOINT", Value = endpoint }] : [];

    /// <exception cref="ChannelNotOpenException">The channel is not open yet, as after a restart: pods must not be made without its address.</exception>
    public StepPodOptions Get() => channel.TryGet(out ChannelAccess? access)
        ? new StepPodOptions { RuntimeImage = options.AgentRuntimeImage, Channel = access, TelemetryVariables = _telemetry }
        : throw new ChannelNotOpenException(channel.Problem);
}
