namespace AgentOperator.Workflows.Observing;

/// <summary>What can be seen of an attempt's Job.</summary>
internal enum AttemptState
{
    /// <summary>The Job exists and has not ended.</summary>
    Active,

    /// <summary>The Job's condition Complete is True.</summary>
    Complete,

    /// <summary>The Job's condition Failed is True.</summary>
    Failed,

    /// <summary>The API server would not take the Job.</summary>
    Refused,

    /// <summary>The Job was seen and then deleted by somebody.</summary>
    Gone,
}
