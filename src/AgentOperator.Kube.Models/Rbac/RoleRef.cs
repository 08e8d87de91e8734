namespace AgentOperator.Kube.Models.Rbac;

/// <summary>rbac.authorization.k8s.io/v1 RoleRef.</summary>
public sealed record RoleRef
{
    public required string ApiGroup { get; init; }

    /// <summary><c>Role</c> or <c>ClusterRole</c>.</summary>
    public required string Kind { get; init; }

    public required string Name { get; init; }
}
