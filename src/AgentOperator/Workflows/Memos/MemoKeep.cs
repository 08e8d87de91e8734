using AgentOperator.Api.Workflows;

namespace AgentOperator.Workflows.Memos;

/// <summary>A success to keep for later runs.</summary>
/// <param name="Digest">Of the work and what it was given.</param>
/// <param name="Job">The attempt that did it, after which the entry is named.</param>
/// <param name="Step">The step with its outputs.</param>
/// <param name="FinishedAt">When it succeeded.</param>
/// <param name="ExpiresAt">Until when it counts.</param>
internal sealed record MemoKeep(string Digest, string Job, StepStatus Step, DateTimeOffset FinishedAt, DateTimeOffset ExpiresAt);
