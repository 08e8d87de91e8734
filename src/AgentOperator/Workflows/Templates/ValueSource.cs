namespace AgentOperator.Workflows.Templates;

/// <summary>Where a value comes from.</summary>
internal enum ValueSource
{
    Param,
    Output,

    /// <summary>Phase of a step, for finally.</summary>
    StepPhase,

    /// <summary>How the steps have ended, for finally.</summary>
    Run,
}
