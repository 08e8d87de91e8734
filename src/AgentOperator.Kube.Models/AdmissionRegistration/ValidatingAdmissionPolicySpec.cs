using System.Text.Json;

namespace AgentOperator.Kube.Models.AdmissionRegistration;

/// <summary>admissionregistration.k8s.io/v1 ValidatingAdmissionPolicySpec.</summary>
public sealed record ValidatingAdmissionPolicySpec
{
    /// <summary><c>Fail</c> or <c>Ignore</c>: what an expression that fails means.</summary>
    public string? FailurePolicy { get; init; }

    /// <summary>Kind of the objects that hold parameters.</summary>
    public JsonElement? ParamKind { get; init; }

    public MatchResources? MatchConstraints { get; init; }

    public IReadOnlyList<MatchCondition>? MatchConditions { get; init; }

    public IReadOnlyList<AdmissionVariable>? Variables { get; init; }

    public IReadOnlyList<AdmissionValidation>? Validations { get; init; }

    public IReadOnlyList<AuditAnnotation>? AuditAnnotations { get; init; }
}
