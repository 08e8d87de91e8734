namespace AgentOperator.Workflows.Deciding;

/// <summary>A Job that no longer stands for anything and must not go on.</summary>
internal sealed record AttemptStop(string Job, string Uid);
