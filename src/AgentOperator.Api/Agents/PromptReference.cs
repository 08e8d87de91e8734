using AgentOperator.Api.Schema;

namespace AgentOperator.Api.Agents;

/// <summary>A revision of a PromptTemplate in the same namespace.</summary>
public sealed record PromptReference
{
    /// <summary>Name of the PromptTemplate.</summary>
    [Bounds(1, 253)]
    public required string Name { get; init; }

    /// <summary><c>stable</c> (if absent), a revision's number such as <c>7</c>, or its digest <c>sha256:…</c>.</summary>
    [Bounds(1, 71)]
    [Pattern("^(stable|[1-9][0-9]{0,8}|sha256:[0-9a-f]{64})$", Message = "version is stable, the number of a revision such as 7, or its digest sha256:…")]
    public string? Version { get; init; }
}
