namespace AgentOperator.Api;

/// <summary>Names that all kinds share.</summary>
public static class ApiGroup
{
    public const string Name = "agentoperator.dev";
    public const string Version = "v1alpha1";
    public const string ApiVersion = Name + "/" + Version;

    /// <summary><c>kubectl get agentoperator</c> lists every kind.</summary>
    public const string Category = "agentoperator";
}
