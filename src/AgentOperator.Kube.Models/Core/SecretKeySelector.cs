namespace AgentOperator.Kube.Models.Core;

/// <summary>v1 SecretKeySelector.</summary>
public sealed record SecretKeySelector
{
    public string? Name { get; init; }

    public required string Key { get; init; }

    public bool? Optional { get; init; }
}
