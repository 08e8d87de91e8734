namespace AgentOperator.Workflows.Triggers.Deciding;

/// <summary>A Workflow whose run is to be cancelled.</summary>
internal sealed record ChildCancel(string Name, string Uid, string Request);
