namespace AgentOperator.Kube.Models.Rbac;

/// <summary>rbac.authorization.k8s.io/v1 AggregationRule, which ClusterRoles' rules are gathered into one.</summary>
public sealed record AggregationRule
{
    public IReadOnlyList<LabelSelector>? ClusterRoleSelectors { get; init; }
}
