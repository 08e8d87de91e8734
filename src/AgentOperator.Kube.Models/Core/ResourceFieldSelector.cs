namespace AgentOperator.Kube.Models.Core;

/// <summary>v1 ResourceFieldSelector: a limit or request of a container, <c>limits.cpu</c>.</summary>
public sealed record ResourceFieldSelector
{
    public string? ContainerName { get; init; }

    public required string Resource { get; init; }

    public Quantity? Divisor { get; init; }
}
