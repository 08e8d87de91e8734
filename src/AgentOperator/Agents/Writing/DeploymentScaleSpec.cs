namespace AgentOperator.Agents.Writing;

/// <summary>Replicas and nothing else.</summary>
internal sealed record DeploymentScaleSpec
{
    public int Replicas { get; init; }
}
