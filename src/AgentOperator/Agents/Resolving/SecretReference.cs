using AgentOperator.Api.Agents;

namespace AgentOperator.Agents.Resolving;

/// <summary>A key of a Secret that the pods read.</summary>
/// <param name="Key">Which.</param>
/// <param name="IsOptional">Whether pods start without it.</param>
internal sealed record SecretReference(ObjectKeySelector Key, bool IsOptional);
