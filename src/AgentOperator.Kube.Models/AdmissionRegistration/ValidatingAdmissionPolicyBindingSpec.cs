using System.Text.Json;

namespace AgentOperator.Kube.Models.AdmissionRegistration;

/// <summary>admissionregistration.k8s.io/v1 ValidatingAdmissionPolicyBindingSpec.</summary>
public sealed record ValidatingAdmissionPolicyBindingSpec
{
    public required string PolicyName { get; init; }

    /// <summary>Which objects hold the parameters.</summary>
    public JsonElement? ParamRef { get; init; }

    public MatchResources? MatchResources { get; init; }

    /// <summary><c>Deny</c>, <c>Warn</c>, <c>Audit</c>.</summary>
    public IReadOnlyList<string>? ValidationActions { get; init; }
}
