namespace AgentOperator.Local.Deployments;

/// <summary>A ReplicaSet as a rollout sees it.</summary>
internal sealed record RolloutSet(string Name, int Wanted, int Existing, int Ready, int Available);
