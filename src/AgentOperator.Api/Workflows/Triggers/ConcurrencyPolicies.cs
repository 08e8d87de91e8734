namespace AgentOperator.Api.Workflows.Triggers;

/// <summary>The values of <see cref="WorkflowSpec.Concurrency"/>.</summary>
public static class ConcurrencyPolicies
{
    /// <summary>Runs may overlap.</summary>
    public const string Allow = "Allow";

    /// <summary>An event that comes during a run starts none.</summary>
    public const string Forbid = "Forbid";

    /// <summary>The run under way is cancelled, finally included; then the newest event runs.</summary>
    public const string Replace = "Replace";

    /// <summary>Events wait for the runs before them, in the order in which they came.</summary>
    public const string Queue = "Queue";
}
