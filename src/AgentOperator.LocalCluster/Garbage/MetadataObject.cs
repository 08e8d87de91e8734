using System.Text.Json.Serialization.Metadata;
using AgentOperator.Kube.Models;

namespace AgentOperator.Local.Garbage;

/// <summary>An object of any kind, of which only the metadata is read.</summary>
internal sealed record MetadataObject : KubernetesObject<MetadataObject>, IKubernetesObject<MetadataObject>
{
    public static ResourceDefinition Resource { get; } = new("meta.k8s.io", "v1", "partialobjectmetadata", "PartialObjectMetadata");

    public static JsonTypeInfo<MetadataObject> JsonTypeInfo => LocalJsonContext.Default.MetadataObject;
}
