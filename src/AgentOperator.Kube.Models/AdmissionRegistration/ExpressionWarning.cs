namespace AgentOperator.Kube.Models.AdmissionRegistration;

/// <summary>admissionregistration.k8s.io/v1 ExpressionWarning.</summary>
public sealed record ExpressionWarning
{
    public required string FieldRef { get; init; }

    public required string Warning { get; init; }
}
