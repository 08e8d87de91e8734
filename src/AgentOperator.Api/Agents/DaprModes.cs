namespace AgentOperator.Api.Agents;

/// <summary>When an agent has a Dapr sidecar.</summary>
public static class DaprModes
{
    public const string Auto = "Auto";
    public const string Always = "Always";
    public const string Never = "Never";
}
