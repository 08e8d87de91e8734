using System.Text.Json.Serialization.Metadata;

namespace AgentOperator.Kube.Models.Core;

/// <summary>v1 ServiceAccount.</summary>
public sealed record ServiceAccount : KubernetesObject<ServiceAccount>, IKubernetesObject<ServiceAccount>
{
    public static ResourceDefinition Resource { get; } = new("", "v1", "serviceaccounts", "ServiceAccount");

    public static JsonTypeInfo<ServiceAccount> JsonTypeInfo => KubeJsonContext.Default.ServiceAccount;

    public bool? AutomountServiceAccountToken { get; init; }

    public IReadOnlyList<LocalObjectReference>? ImagePullSecrets { get; init; }

    public IReadOnlyList<ObjectReference>? Secrets { get; init; }
}
