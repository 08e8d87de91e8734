namespace AgentOperator.Kube.Models.Core;

/// <summary>v1 SecretProjection.</summary>
public sealed record SecretProjection
{
    public string? Name { get; init; }

    public IReadOnlyList<KeyToPath>? Items { get; init; }

    public bool? Optional { get; init; }
}
