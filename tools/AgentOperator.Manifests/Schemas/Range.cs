namespace AgentOperator.Manifests.Schemas;

/// <summary>Inclusive bounds.</summary>
internal sealed record Range(long Minimum, long Maximum);
