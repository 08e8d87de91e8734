namespace AgentOperator.Kube.Models.AdmissionRegistration;

/// <summary>admissionregistration.k8s.io/v1 ValidatingAdmissionPolicyStatus.</summary>
public sealed record ValidatingAdmissionPolicyStatus
{
    public long? ObservedGeneration { get; init; }

    /// <summary>What the server's type check of the expressions has found.</summary>
    public TypeChecking? TypeChecking { get; init; }

    public IReadOnlyList<Condition>? Conditions { get; init; }
}
