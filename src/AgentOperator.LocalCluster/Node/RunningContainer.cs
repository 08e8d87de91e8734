namespace AgentOperator.Local.Node;

/// <summary>A container's process and what it was started with.</summary>
internal sealed record RunningContainer(IContainerProcess Process, ContainerCommand Command);
