using System.Text.Json.Serialization.Metadata;
using AgentOperator.Kube.Models;

namespace AgentOperator.Approvals.Enforcement;

/// <summary>admissionregistration.k8s.io/v1 MutatingAdmissionPolicy, of which nothing but its identity is read.</summary>
internal sealed record AuthorsPolicy : KubernetesObject<AuthorsPolicy>, IKubernetesObject<AuthorsPolicy>
{
    public static ResourceDefinition Resource { get; } = new("admissionregistration.k8s.io", "v1", "mutatingadmissionpolicies", "MutatingAdmissionPolicy", Namespaced: false);

    public static JsonTypeInfo<AuthorsPolicy> JsonTypeInfo => OperatorJsonContext.Default.AuthorsPolicy;
}
