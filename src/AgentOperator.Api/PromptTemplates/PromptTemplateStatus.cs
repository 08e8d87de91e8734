using AgentOperator.Api.Schema;
using AgentOperator.Kube.Models;

namespace AgentOperator.Api.PromptTemplates;

/// <summary>The revisions of the prompt, and conditions as kstatus reads them.</summary>
public sealed record PromptTemplateStatus
{
    /// <summary>Generation of the spec that this status speaks of.</summary>
    public long? ObservedGeneration { get; init; }

    /// <summary>Number of the newest revision.</summary>
    public long? Revision { get; init; }

    /// <summary>Digest of the newest revision, <c>sha256:…</c>.</summary>
    [Bounds(0, 71)]
    public string? Digest { get; init; }

    /// <summary>The revision that <c>stable</c> names: the newest valid one.</summary>
    [Bounds(0, 20)]
    public string? Stable { get; init; }

    /// <summary>Revisions, newest first.</summary>
    [AtomicList]
    [Bounds(0, 250)]
    public IReadOnlyList<PromptRevision>? Revisions { get; init; }

    /// <summary>What the lint says of the newest revision.</summary>
    [AtomicList]
    [Bounds(0, 100)]
    public IReadOnlyList<PromptFinding>? Findings { get; init; }

    /// <summary>Ready, Reconciling and Stalled, as kstatus reads them.</summary>
    [ListMap("type")]
    [Bounds(0, 20)]
    public IReadOnlyList<Condition>? Conditions { get; init; }
}
