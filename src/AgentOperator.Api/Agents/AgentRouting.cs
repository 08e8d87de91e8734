using AgentOperator.Api.Schema;

namespace AgentOperator.Api.Agents;

/// <summary>How a model is chosen.</summary>
public sealed record AgentRouting
{
    /// <summary>Fallback: the first that answers, in order.</summary>
    [OneOf(RoutingStrategies.Fallback)]
    public required string Strategy { get; init; }
}
