using System.Text.Json.Serialization.Metadata;

namespace AgentOperator.Kube.Models.AdmissionRegistration;

/// <summary>admissionregistration.k8s.io/v1 MutatingWebhookConfiguration, read side: whether an injector such as Dapr's is installed, and for which namespaces.</summary>
public sealed record MutatingWebhookConfiguration : KubernetesObject<MutatingWebhookConfiguration>, IKubernetesObject<MutatingWebhookConfiguration>
{
    public static ResourceDefinition Resource { get; } = new("admissionregistration.k8s.io", "v1", "mutatingwebhookconfigurations", "MutatingWebhookConfiguration", Namespaced: false);

    public static JsonTypeInfo<MutatingWebhookConfiguration> JsonTypeInfo => KubeJsonContext.Default.MutatingWebhookConfiguration;

    public IReadOnlyList<AdmissionWebhook>? Webhooks { get; init; }
}
