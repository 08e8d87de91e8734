namespace AgentOperator.Kube.Models;

/// <summary>metav1.LabelSelector, equality part.</summary>
public sealed record LabelSelector
{
    public IReadOnlyDictionary<string, string>? MatchLabels { get; init; }
}
