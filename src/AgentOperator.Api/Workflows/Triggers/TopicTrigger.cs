using AgentOperator.Api.Schema;

namespace AgentOperator.Api.Workflows.Triggers;

/// <summary>Messages of a topic, as Dapr brings them to the operator.</summary>
public sealed record TopicTrigger
{
    /// <summary>Name of the pub/sub Component, which is in the operator's namespace and allows this one by its annotation <c>agentoperator.dev/trigger-namespaces</c>.</summary>
    [Bounds(1, 253)]
    [Pattern("^[a-z0-9]([-.a-z0-9]*[a-z0-9])?$", Message = "pubsub is the name of a Dapr Component: lower-case letters, digits, hyphens and dots, such as orders")]
    public required string Pubsub { get; init; }

    /// <summary>Name of the topic.</summary>
    [Bounds(1, 249)]
    public required string Topic { get; init; }
}
