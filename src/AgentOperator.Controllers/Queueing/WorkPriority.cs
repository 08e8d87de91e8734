namespace AgentOperator.Controllers.Queueing;

/// <summary>Which keys go first.</summary>
public enum WorkPriority
{
    /// <summary>The initial list: nobody waits for it.</summary>
    Low,

    /// <summary>Something has just happened.</summary>
    Normal,
}
