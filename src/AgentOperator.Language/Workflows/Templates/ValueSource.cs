namespace AgentOperator.Workflows.Templates;

/// <summary>Where a value comes from.</summary>
internal enum ValueSource
{
    Param,
    Output,

    /// <summary>Phase of a step.</summary>
    StepPhase,

    /// <summary>The run itself: its number, and for finally how the steps have ended.</summary>
    Run,

    /// <summary>Output of a step of the loop at an earlier visit.</summary>
    Previous,

    /// <summary>How often the loop has come to the step.</summary>
    Visit,

    /// <summary><c>item</c> or <c>index</c> of a forEach.</summary>
    Item,
}
