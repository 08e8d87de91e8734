namespace AgentOperator.Workflows.Permits;

/// <summary>Room without end.</summary>
internal sealed class NoPermits : IPermits
{
    public static readonly NoPermits Instance = new();

    public string? Take(PermitRequest request) => null;
}
