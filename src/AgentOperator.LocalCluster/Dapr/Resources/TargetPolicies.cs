namespace AgentOperator.Local.Dapr.Resources;

/// <summary>Names of policies.</summary>
internal sealed record TargetPolicies
{
    public string? Retry { get; init; }

    public string? Timeout { get; init; }
}
