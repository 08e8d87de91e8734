using AgentOperator.Api.PromptTemplates;
using AgentOperator.Kube.Models;

namespace AgentOperator.PromptTemplates.Revisions;

/// <summary>A revision as its ControllerRevision holds it, checked against its digest.</summary>
internal sealed record StoredRevision
{
    /// <summary>Name of the ControllerRevision.</summary>
    public required string Name { get; init; }

    public required long Number { get; init; }

    public required string Digest { get; init; }

    public required PromptContent Content { get; init; }

    public Time? CreatedAt { get; init; }

    /// <summary>What the lint said when the revision was made: rules that came later do not take it back.</summary>
    public bool WasValid { get; init; }
}
