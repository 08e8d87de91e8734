using System.Text.Json;

namespace AgentOperator.Kube.Models.Core;

/// <summary>v1 EnvVarSource.</summary>
public sealed record EnvVarSource
{
    public ObjectFieldSelector? FieldRef { get; init; }

    public ResourceFieldSelector? ResourceFieldRef { get; init; }

    public ConfigMapKeySelector? ConfigMapKeyRef { get; init; }

    public SecretKeySelector? SecretKeyRef { get; init; }

    public JsonElement? FileKeyRef { get; init; }
}
