namespace AgentOperator.Api.Workflows;

/// <summary>The values of <see cref="ConsensusStep.Strategy"/>.</summary>
public static class ConsensusStrategies
{
    public const string Majority = "Majority";
    public const string Unanimous = "Unanimous";
    public const string Plurality = "Plurality";
    public const string Quorum = "Quorum";
}
