namespace AgentOperator.Local.Dapr.Components;

/// <summary>A Component cannot be set up; the sidecar ends with it.</summary>
internal sealed class ComponentInitException(string message) : Exception(message);
