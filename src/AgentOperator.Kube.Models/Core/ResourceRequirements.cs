namespace AgentOperator.Kube.Models.Core;

/// <summary>v1 ResourceRequirements: quantities by resource name.</summary>
public sealed record ResourceRequirements
{
    public IReadOnlyDictionary<string, Quantity>? Limits { get; init; }

    public IReadOnlyDictionary<string, Quantity>? Requests { get; init; }
}
