using AgentOperator.Api.Runtime;

namespace AgentOperator.AgentRuntime.Serving;

/// <summary>An error as RFC 9457 has it.</summary>
internal sealed record ProblemDocument
{
    public const string ContentType = "application/problem+json";

    /// <summary>Always <c>about:blank</c>: the code tells more.</summary>
    public string Type { get; } = "about:blank";

    public required string Title { get; init; }

    public required int Status { get; init; }

    /// <summary>What happened and what to do.</summary>
    public string? Detail { get; init; }

    /// <summary>One of <see cref="Loop.SkillReasons"/>.</summary>
    public required string Code { get; init; }

    public string? ContextId { get; init; }

    public string? TraceId { get; init; }

    /// <summary>What the call used before it failed.</summary>
    public UsageReport? Usage { get; init; }
}
