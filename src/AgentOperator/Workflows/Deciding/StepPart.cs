namespace AgentOperator.Workflows.Deciding;

/// <summary>The part of a run that a step belongs to.</summary>
internal enum StepPart
{
    Steps,

    /// <summary>What undoes a step; it has the name of that step.</summary>
    Compensations,
    Finally,
}
