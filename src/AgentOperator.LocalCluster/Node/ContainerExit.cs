namespace AgentOperator.Local.Node;

/// <summary>How a container's process ended.</summary>
/// <param name="Code">Exit code; 128 plus the signal when a signal ended it.</param>
/// <param name="HasStarted">False when the program could not be run at all.</param>
internal sealed record ContainerExit(int Code, bool HasStarted);
