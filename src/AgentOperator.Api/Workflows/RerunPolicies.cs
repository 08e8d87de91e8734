namespace AgentOperator.Api.Workflows;

/// <summary>The values of <see cref="WorkflowSpec.RerunPolicy"/>.</summary>
public static class RerunPolicies
{
    /// <summary>A change of what the workflow does is a new run.</summary>
    public const string OnChange = "OnChange";

    /// <summary>Only a new runToken, or a rerun request, is a new run.</summary>
    public const string Manual = "Manual";
}
