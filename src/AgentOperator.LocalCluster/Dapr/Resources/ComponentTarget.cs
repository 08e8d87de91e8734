namespace AgentOperator.Local.Dapr.Resources;

/// <summary>Policies of one Component.</summary>
internal sealed record ComponentTarget
{
    /// <summary>From the component to the app: deliveries.</summary>
    public TargetPolicies? Inbound { get; init; }
}
