namespace AgentOperator.Local.Node;

/// <summary>Where a pod runs.</summary>
internal sealed record PodAddress(string NodeName, string HostIP, string PodIP);
