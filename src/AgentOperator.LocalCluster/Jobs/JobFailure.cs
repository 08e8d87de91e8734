namespace AgentOperator.Local.Jobs;

/// <summary>Why a Job fails.</summary>
internal sealed record JobFailure(string Reason, string Message);
