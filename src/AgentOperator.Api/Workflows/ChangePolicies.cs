namespace AgentOperator.Api.Workflows;

/// <summary>The values of <see cref="WorkflowSpec.OnChange"/>.</summary>
public static class ChangePolicies
{
    /// <summary>The run under way ends, then the change runs.</summary>
    public const string Queue = "Queue";

    /// <summary>The run under way is cancelled, finally included, then the change runs.</summary>
    public const string Replace = "Replace";

    /// <summary>The change is no run; only a change after the end is.</summary>
    public const string Ignore = "Ignore";
}
