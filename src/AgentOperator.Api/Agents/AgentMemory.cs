using AgentOperator.Api.Schema;
using AgentOperator.Kube.Models;

namespace AgentOperator.Api.Agents;

/// <summary>What the agent remembers of a conversation.</summary>
public sealed record AgentMemory
{
    /// <summary>Messages of the conversation that the model sees again.</summary>
    [Bounds(1, 1000)]
    public required int Window { get; init; }

    /// <summary>How long a conversation is kept after its last message; 24h if absent.</summary>
    public Duration? Ttl { get; init; }
}
