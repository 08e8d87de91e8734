namespace AgentOperator.Kube.Models.Core;

/// <summary>v1 VolumeMount.</summary>
public sealed record VolumeMount
{
    public required string Name { get; init; }

    public required string MountPath { get; init; }

    public bool? ReadOnly { get; init; }

    public string? RecursiveReadOnly { get; init; }

    public string? SubPath { get; init; }

    /// <summary>Like <see cref="SubPath"/>, with <c>$(NAME)</c> from the container's environment.</summary>
    public string? SubPathExpr { get; init; }

    public string? MountPropagation { get; init; }
}
