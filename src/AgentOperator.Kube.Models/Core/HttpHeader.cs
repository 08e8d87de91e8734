namespace AgentOperator.Kube.Models.Core;

/// <summary>v1 HTTPHeader.</summary>
public sealed record HttpHeader
{
    public required string Name { get; init; }

    public string? Value { get; init; }
}
