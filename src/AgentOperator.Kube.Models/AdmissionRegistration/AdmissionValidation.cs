namespace AgentOperator.Kube.Models.AdmissionRegistration;

/// <summary>admissionregistration.k8s.io/v1 AdmissionValidation: Validation: a CEL expression that must be true.</summary>
public sealed record AdmissionValidation
{
    public required string Expression { get; init; }

    public string? Message { get; init; }

    public string? MessageExpression { get; init; }

    /// <summary><c>Unauthorized</c>, <c>Forbidden</c>, <c>Invalid</c> or <c>RequestEntityTooLarge</c>.</summary>
    public string? Reason { get; init; }
}
