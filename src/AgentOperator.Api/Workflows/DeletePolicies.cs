namespace AgentOperator.Api.Workflows;

/// <summary>The values of <see cref="WorkflowSpec.OnDelete"/>.</summary>
public static class DeletePolicies
{
    /// <summary>Attempts are stopped and nothing else runs.</summary>
    public const string Abandon = "Abandon";

    /// <summary>Attempts are stopped and compensations run before the object goes. Not when the namespace goes.</summary>
    public const string Compensate = "Compensate";
}
