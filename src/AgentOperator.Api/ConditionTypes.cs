namespace AgentOperator.Api;

/// <summary>Condition types that kstatus reads, on every kind.</summary>
public static class ConditionTypes
{
    public const string Ready = "Ready";

    /// <summary>Present and True while the controller works towards the spec.</summary>
    public const string Reconciling = "Reconciling";

    /// <summary>Present and True when a person has to act.</summary>
    public const string Stalled = "Stalled";
}
