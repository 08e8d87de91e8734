namespace AgentOperator.Workflows.Jobs;

/// <summary>Pods could not bring their results: the key is tried again.</summary>
internal sealed class ChannelNotOpenException(string? problem) : Exception($"The channel for results is not open: {problem}");
