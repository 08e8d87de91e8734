namespace AgentOperator.Local.Node;

/// <summary>A container cannot be made as it is specified; shown as <c>CreateContainerConfigError</c>.</summary>
internal sealed class ContainerConfigException(string message) : Exception(message);
