namespace AgentOperator.Manifests.Access;

/// <summary>Names of the operator's own objects in a cluster.</summary>
internal static class RbacNames
{
    /// <summary>Of the ServiceAccount, its ClusterRole and the binding between them.</summary>
    public const string Operator = "agentoperator";

    public const string Namespace = "agentoperator-system";
}
