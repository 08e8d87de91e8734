namespace AgentOperator.Agents;

/// <summary>Names of an agent's children.</summary>
internal static class AgentNames
{
    /// <summary>Key of the configuration, which is also the name of its file.</summary>
    public const string ConfigKey = "agent.json";

    /// <summary>The ConfigMap with the agent's configuration.</summary>
    public static string ConfigMapOf(string agent) => $"{agent}-config";

    /// <summary>The ConfigMap with what the agent's pods report.</summary>
    public static string ReportsOf(string agent) => $"{agent}-reports";
}
