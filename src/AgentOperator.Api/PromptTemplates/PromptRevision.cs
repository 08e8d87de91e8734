using AgentOperator.Api.Schema;
using AgentOperator.Kube.Models;

namespace AgentOperator.Api.PromptTemplates;

/// <summary>One immutable revision, kept as a ControllerRevision.</summary>
public sealed record PromptRevision
{
    /// <summary>Number: <c>name@7</c>.</summary>
    public required long Number { get; init; }

    /// <summary>Digest: <c>name@sha256:…</c>.</summary>
    [Bounds(0, 71)]
    public required string Digest { get; init; }

    /// <summary>Name of the ControllerRevision.</summary>
    [Bounds(0, 253)]
    public required string Object { get; init; }

    /// <summary>When it was first seen.</summary>
    public Time? CreatedAt { get; init; }

    /// <summary>False: it broke a rule and nobody gets it as stable.</summary>
    public bool Valid { get; init; }

    /// <summary>Tokens of the prompt without its variables, estimated.</summary>
    public long? Tokens { get; init; }
}
