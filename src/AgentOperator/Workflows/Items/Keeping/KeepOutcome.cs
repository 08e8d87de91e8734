namespace AgentOperator.Workflows.Items.Keeping;

/// <summary>What became of a result.</summary>
internal enum KeepOutcome
{
    Kept,

    /// <summary>The same was kept before.</summary>
    KeptBefore,

    /// <summary>Another one was kept before: the first one counts.</summary>
    Different,

    /// <summary>Results of the step's items have no room any more.</summary>
    Full,
}
