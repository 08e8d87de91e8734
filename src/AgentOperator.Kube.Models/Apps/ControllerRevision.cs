using System.Text.Json.Serialization.Metadata;
using System.Text.Json;

namespace AgentOperator.Kube.Models.Apps;

/// <summary>apps/v1 ControllerRevision, immutable data under a revision number, owned by what it is a revision of.</summary>
public sealed record ControllerRevision : KubernetesObject<ControllerRevision>, IKubernetesObject<ControllerRevision>
{
    public static ResourceDefinition Resource { get; } = new("apps", "v1", "controllerrevisions", "ControllerRevision");

    public static JsonTypeInfo<ControllerRevision> JsonTypeInfo => KubeJsonContext.Default.ControllerRevision;

    /// <summary>Cannot be changed once written.</summary>
    public JsonElement? Data { get; init; }

    public required long Revision { get; init; }
}
