using AgentOperator.Api.Schema;

namespace AgentOperator.Api.Agents;

/// <summary>A revision of a PromptTemplate.</summary>
public sealed record ResolvedPrompt
{
    /// <summary>Name of the PromptTemplate.</summary>
    [Bounds(0, 253)]
    public required string Name { get; init; }

    /// <summary>Number of the revision.</summary>
    public required long Revision { get; init; }

    /// <summary>Digest of the revision, <c>sha256:…</c>.</summary>
    [Bounds(0, 71)]
    public required string Digest { get; init; }
}
