namespace AgentOperator.Controllers.Events;

/// <summary>The two types of event.</summary>
public static class EventTypes
{
    public const string Normal = "Normal";
    public const string Warning = "Warning";
}
