using System.Text.Json.Serialization.Metadata;

namespace AgentOperator.Kube.Models.Core;

/// <summary>v1 ConfigMap.</summary>
public sealed record ConfigMap : KubernetesObject<ConfigMap>, IKubernetesObject<ConfigMap>
{
    public static ResourceDefinition Resource { get; } = new("", "v1", "configmaps", "ConfigMap");

    public static JsonTypeInfo<ConfigMap> JsonTypeInfo => KubeJsonContext.Default.ConfigMap;

    public bool? Immutable { get; init; }

    public IReadOnlyDictionary<string, string>? Data { get; init; }

    /// <summary>The bytes; base64 in JSON only.</summary>
    public IReadOnlyDictionary<string, ReadOnlyMemory<byte>>? BinaryData { get; init; }
}
