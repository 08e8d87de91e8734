namespace AgentOperator.Api.Agents;

/// <summary>How a model is chosen among several.</summary>
public static class RoutingStrategies
{
    public const string Fallback = "Fallback";
}
