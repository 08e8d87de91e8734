namespace AgentOperator.Kube.Models.Core;

/// <summary>v1 EnvVarSource.</summary>
public sealed record EnvVarSource
{
    public ObjectFieldSelector? FieldRef { get; init; }
}
