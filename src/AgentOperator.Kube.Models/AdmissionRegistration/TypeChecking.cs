namespace AgentOperator.Kube.Models.AdmissionRegistration;

/// <summary>admissionregistration.k8s.io/v1 TypeChecking.</summary>
public sealed record TypeChecking
{
    public IReadOnlyList<ExpressionWarning>? ExpressionWarnings { get; init; }
}
