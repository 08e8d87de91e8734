namespace AgentOperator.Channels;

/// <summary>Answer of <c>GET /v1/agents</c>.</summary>
internal sealed record AgentList(IReadOnlyList<AgentEntry> Agents);
