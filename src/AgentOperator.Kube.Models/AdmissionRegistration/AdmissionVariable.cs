namespace AgentOperator.Kube.Models.AdmissionRegistration;

/// <summary>admissionregistration.k8s.io/v1 AdmissionVariable: Variable: a named CEL expression.</summary>
public sealed record AdmissionVariable
{
    public required string Name { get; init; }

    public required string Expression { get; init; }
}
