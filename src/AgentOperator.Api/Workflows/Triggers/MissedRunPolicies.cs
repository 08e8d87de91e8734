namespace AgentOperator.Api.Workflows.Triggers;

/// <summary>The values of <see cref="WorkflowTrigger.MissedRuns"/>.</summary>
public static class MissedRunPolicies
{
    /// <summary>The newest time runs, the others do not.</summary>
    public const string Last = "Last";

    /// <summary>Each time runs, up to the newest hundred.</summary>
    public const string All = "All";

    /// <summary>Only a time that has just come runs.</summary>
    public const string Skip = "Skip";
}
