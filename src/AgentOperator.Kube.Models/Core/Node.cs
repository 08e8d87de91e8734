using System.Text.Json.Serialization.Metadata;

namespace AgentOperator.Kube.Models.Core;

/// <summary>v1 Node, as far as a node agent reports itself.</summary>
public sealed record Node : KubernetesObject<Node>, IKubernetesObject<Node>
{
    public static ResourceDefinition Resource { get; } = new("", "v1", "nodes", "Node", Namespaced: false);

    public static JsonTypeInfo<Node> JsonTypeInfo => KubeJsonContext.Default.Node;

    public NodeStatus? Status { get; init; }
}
