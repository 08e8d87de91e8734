using System.Text.Json.Serialization.Metadata;

namespace AgentOperator.Kube.Models.AdmissionRegistration;

/// <summary>admissionregistration.k8s.io/v1 ValidatingAdmissionPolicy.</summary>
public sealed record ValidatingAdmissionPolicy : KubernetesObject<ValidatingAdmissionPolicy>, IKubernetesObject<ValidatingAdmissionPolicy>
{
    public static ResourceDefinition Resource { get; } = new("admissionregistration.k8s.io", "v1", "validatingadmissionpolicies", "ValidatingAdmissionPolicy", Namespaced: false);

    public static JsonTypeInfo<ValidatingAdmissionPolicy> JsonTypeInfo => KubeJsonContext.Default.ValidatingAdmissionPolicy;

    public ValidatingAdmissionPolicySpec? Spec { get; init; }

    public ValidatingAdmissionPolicyStatus? Status { get; init; }
}
