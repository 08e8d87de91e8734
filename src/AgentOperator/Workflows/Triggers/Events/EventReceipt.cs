namespace AgentOperator.Workflows.Triggers.Events;

/// <summary>What became of an event that somebody brought.</summary>
internal enum EventReceipt
{
    /// <summary>It is kept, and will be decided on.</summary>
    Accepted,

    /// <summary>It was brought before.</summary>
    Known,

    /// <summary>The trigger's condition is false for it.</summary>
    Filtered,

    /// <summary>Too many wait, or are known from the last day.</summary>
    Full,

    /// <summary>The definition is suspended.</summary>
    Suspended,

    /// <summary>The definition or the trigger is gone.</summary>
    Gone,

    /// <summary>It does not fit into a ConfigMap.</summary>
    TooLarge,
}
