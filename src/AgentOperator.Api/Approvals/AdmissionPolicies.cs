namespace AgentOperator.Api.Approvals;

/// <summary>The admission policies of <c>config/admission</c> and <c>config/authors</c>; a policy and its binding have one name.</summary>
public static class AdmissionPolicies
{
    /// <summary>Nobody decides in another's name, and no decision is changed or deleted.</summary>
    public const string Approvals = "agentoperator-approvals";

    /// <summary>Nobody but the operator writes what the operator believes.</summary>
    public const string OperatorOnly = "agentoperator-operator-only";

    /// <summary>Collects who changed what a run will execute.</summary>
    public const string Authors = "agentoperator-authors";
}
