namespace AgentOperator.Api.Agents;

/// <summary>Condition types of an Agent beside those of every kind.</summary>
public static class AgentConditions
{
    /// <summary>All that the spec names is there.</summary>
    public const string ResolvedRefs = "ResolvedRefs";

    /// <summary>A model has answered; Unknown until one was asked.</summary>
    public const string ModelReachable = "ModelReachable";

    /// <summary>Every pod has its Dapr sidecar.</summary>
    public const string SidecarInjected = "SidecarInjected";
}
