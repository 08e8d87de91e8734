namespace AgentOperator.Api.Agents;

/// <summary>A value that is in a ConfigMap.</summary>
public sealed record ConfigMapValue
{
    /// <summary>The key of the ConfigMap, in the same namespace.</summary>
    public required ObjectKeySelector ConfigMapKeyRef { get; init; }
}
