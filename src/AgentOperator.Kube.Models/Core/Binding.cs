using System.Text.Json.Serialization.Metadata;

namespace AgentOperator.Kube.Models.Core;

/// <summary>v1 Binding: the scheduler's decision, sent to <c>pods/NAME/binding</c>.</summary>
public sealed record Binding : KubernetesObject<Binding>, IKubernetesObject<Binding>
{
    public static ResourceDefinition Resource { get; } = new("", "v1", "bindings", "Binding");

    public static JsonTypeInfo<Binding> JsonTypeInfo => KubeJsonContext.Default.Binding;

    public required ObjectReference Target { get; init; }
}
