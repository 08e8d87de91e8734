using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace AgentOperator.Kube.Models.Apps;

/// <summary>apps/v1 ControllerRevision: an immutable snapshot that a controller keeps.</summary>
public sealed record ControllerRevision : KubernetesObject<ControllerRevision>, IKubernetesObject<ControllerRevision>
{
    public static ResourceDefinition Resource { get; } = new("apps", "v1", "controllerrevisions", "ControllerRevision");

    public static JsonTypeInfo<ControllerRevision> JsonTypeInfo => KubeJsonContext.Default.ControllerRevision;

    /// <summary>What is kept: any JSON object.</summary>
    public JsonElement? Data { get; init; }

    public long Revision { get; init; }
}
