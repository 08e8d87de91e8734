namespace AgentOperator.Kube.Models.AdmissionRegistration;

/// <summary>admissionregistration.k8s.io/v1 AuditAnnotation.</summary>
public sealed record AuditAnnotation
{
    public required string Key { get; init; }

    public required string ValueExpression { get; init; }
}
