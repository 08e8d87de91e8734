using AgentOperator.Api.Schema;

namespace AgentOperator.Api.Agents;

/// <summary>A topic whose messages are inputs of a skill (dapr.io/v2alpha1 Subscription).</summary>
public sealed record DaprSubscription
{
    /// <summary>Name of the pub/sub Component.</summary>
    [Bounds(1, 253)]
    public required string PubsubName { get; init; }

    /// <summary>Topic.</summary>
    [Bounds(1, 253)]
    public required string Topic { get; init; }

    /// <summary>Skill that takes the message's data as its input.</summary>
    [Bounds(1, 63)]
    public required string Skill { get; init; }

    /// <summary>Topic for messages that cannot be handled.</summary>
    [Bounds(1, 253)]
    public string? DeadLetterTopic { get; init; }
}
