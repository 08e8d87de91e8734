using AgentOperator.Channels;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Core;

namespace AgentOperator.Workflows.Jobs;

/// <summary>What the operator gives to steps' pods.</summary>
internal sealed record StepPodOptions
{
    /// <summary>Image of the agent runtime.</summary>
    public string? RuntimeImage { get; init; }

    /// <summary>Where results go; null when the operator has no channel.</summary>
    public ChannelAccess? Channel { get; init; }

    /// <summary>OTEL_* variables.</summary>
    public IReadOnlyList<EnvVar> TelemetryVariables { get; init; } = [];

    /// <summary>A step of our runtime waits for models: it needs little.</summary>
    public ResourceRequirements RuntimeResources { get; init; } = new()
    {
        Requests = new Dictionary<string, Quantity> { ["cpu"] = new Quantity("50m"), ["memory"] = new Quantity("96Mi") },
        Limits = new Dictionary<string, Quantity> { ["memory"] = new Quantity("512Mi") },
    };
}
