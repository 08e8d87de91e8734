using System.Text.Json.Serialization.Metadata;

namespace AgentOperator.Kube.Models.AdmissionRegistration;

/// <summary>admissionregistration.k8s.io/v1 ValidatingWebhookConfiguration, read side.</summary>
public sealed record ValidatingWebhookConfiguration : KubernetesObject<ValidatingWebhookConfiguration>, IKubernetesObject<ValidatingWebhookConfiguration>
{
    public static ResourceDefinition Resource { get; } = new("admissionregistration.k8s.io", "v1", "validatingwebhookconfigurations", "ValidatingWebhookConfiguration", Namespaced: false);

    public static JsonTypeInfo<ValidatingWebhookConfiguration> JsonTypeInfo => KubeJsonContext.Default.ValidatingWebhookConfiguration;

    public IReadOnlyList<AdmissionWebhook>? Webhooks { get; init; }
}
