namespace AgentOperator.Kube.Models.Core;

/// <summary>v1 EnvVar. The kubelet expands <c>$(NAME)</c> in <see cref="Value"/>; <c>$$</c> stands for one dollar.</summary>
public sealed record EnvVar
{
    public required string Name { get; init; }

    public string? Value { get; init; }

    public EnvVarSource? ValueFrom { get; init; }
}
