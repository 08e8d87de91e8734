namespace AgentOperator.Workflows.Triggers.Deciding;

/// <summary>An object that is to be deleted, as it was seen.</summary>
internal sealed record ObjectDelete(string Name, string? Uid, string? ResourceVersion);
