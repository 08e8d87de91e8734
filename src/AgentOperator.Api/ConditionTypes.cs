namespace AgentOperator.Api;

/// <summary>Condition types that kstatus reads, on every kind.</summary>
public static class ConditionTypes
{
    public const string Ready = "Ready";

    /// <summary>Present and True while the controller works towards the spec.</summary>
    public const string Reconciling = "Reconciling";

    /// <summary>Present and True while people have to approve.</summary>
    public const string AwaitingApproval = "AwaitingApproval";

    /// <summary>Present and False while a gate stays shut because nobody vouches for who decides.</summary>
    public const string ApprovalsEnforced = "ApprovalsEnforced";

    /// <summary>Present and True when approvals were given to what a gate no longer shows.</summary>
    public const string ApprovalsVoided = "ApprovalsVoided";

    /// <summary>Present and False when somebody has changed or removed a record of a decision.</summary>
    public const string ApprovalsIntact = "ApprovalsIntact";

    /// <summary>Present and True when a person has to act.</summary>
    public const string Stalled = "Stalled";
}
