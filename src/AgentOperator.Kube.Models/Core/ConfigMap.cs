using System.Text.Json.Serialization.Metadata;

namespace AgentOperator.Kube.Models.Core;

/// <summary>v1 ConfigMap.</summary>
public sealed record ConfigMap : KubernetesObject<ConfigMap>, IKubernetesObject<ConfigMap>
{
    public static ResourceDefinition Resource { get; } = new("", "v1", "configmaps", "ConfigMap");

    public static JsonTypeInfo<ConfigMap> JsonTypeInfo => KubeJsonContext.Default.ConfigMap;

    public bool? Immutable { get; init; }

    public IReadOnlyDictionary<string, string>? Data { get; init; }

    /// <summary>Values in base64.</summary>
    public IReadOnlyDictionary<string, string>? BinaryData { get; init; }
}
