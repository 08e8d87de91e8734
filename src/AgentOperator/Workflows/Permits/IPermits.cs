namespace AgentOperator.Workflows.Permits;

/// <summary>Room for attempts over all Workflows. Who asks again for the same attempt gets the same answer, until it is given back.</summary>
internal interface IPermits
{
    /// <summary>Null when there is room for the attempt, which is then taken; else what it waits for.</summary>
    string? Take(PermitRequest request);
}
