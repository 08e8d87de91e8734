using AgentOperator.Api.PromptTemplates;
using AgentOperator.PromptTemplates.Revisions;

namespace AgentOperator.PromptTemplates.Deciding;

/// <summary>What is to be done for a prompt: first the new revision, then the status, then the rest.</summary>
/// <param name="Status">The whole status.</param>
/// <param name="Create">A revision that is not there yet.</param>
/// <param name="Delete">Revisions that nobody keeps.</param>
internal sealed record PromptDecision(PromptTemplateStatus Status, StoredRevision? Create, IReadOnlyList<StoredRevision> Delete);
