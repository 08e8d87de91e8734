using System.Text.Json.Serialization.Metadata;

namespace AgentOperator.Kube.Models.AdmissionRegistration;

/// <summary>admissionregistration.k8s.io/v1 ValidatingAdmissionPolicyBinding.</summary>
public sealed record ValidatingAdmissionPolicyBinding : KubernetesObject<ValidatingAdmissionPolicyBinding>, IKubernetesObject<ValidatingAdmissionPolicyBinding>
{
    public static ResourceDefinition Resource { get; } = new("admissionregistration.k8s.io", "v1", "validatingadmissionpolicybindings", "ValidatingAdmissionPolicyBinding", Namespaced: false);

    public static JsonTypeInfo<ValidatingAdmissionPolicyBinding> JsonTypeInfo => KubeJsonContext.Default.ValidatingAdmissionPolicyBinding;

    public ValidatingAdmissionPolicyBindingSpec? Spec { get; init; }
}
