namespace AgentOperator.Kube.Models.Rbac;

/// <summary>rbac.authorization.k8s.io/v1 Subject, a user, a group or a service account.</summary>
public sealed record Subject
{
    /// <summary><c>User</c>, <c>Group</c> or <c>ServiceAccount</c>.</summary>
    public required string Kind { get; init; }

    /// <summary><c>rbac.authorization.k8s.io</c> for users and groups, empty for service accounts.</summary>
    public string? ApiGroup { get; init; }

    public required string Name { get; init; }

    public string? Namespace { get; init; }
}
