using AgentOperator.Channels;

namespace AgentOperator.Agents;

/// <summary>What agents find around them, the same for all.</summary>
internal sealed record AgentPlatform
{
    /// <summary>Image of our runtime.</summary>
    public required string RuntimeImage { get; init; }

    /// <summary>Namespace that the operator runs in.</summary>
    public required string OperatorNamespace { get; init; }

    /// <summary>Where traces and metrics go by OTLP; null for nowhere.</summary>
    public string? OtlpEndpoint { get; init; }

    /// <summary>Where reports of pods go; null when the operator has no such channel.</summary>
    public ChannelAccess? Channel { get; init; }
}
