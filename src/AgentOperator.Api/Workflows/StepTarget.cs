using AgentOperator.Api.Schema;

namespace AgentOperator.Api.Workflows;

/// <summary>What an agent, prompt or consensus step was resolved to, once, before its first attempt: every attempt asks the same.</summary>
public sealed record StepTarget
{
    /// <summary>Name of the Agent.</summary>
    [Bounds(0, 253)]
    public string? Agent { get; init; }

    /// <summary>Skill of the Agent.</summary>
    [Bounds(0, 63)]
    public string? Skill { get; init; }

    /// <summary>Deployed or InJob.</summary>
    [Bounds(0, 16)]
    public string? Mode { get; init; }

    /// <summary>Where the Agent answers.</summary>
    [Bounds(0, 2048)]
    public string? Url { get; init; }

    /// <summary>Revision of the Agent at that time.</summary>
    [Bounds(0, 71)]
    public string? Revision { get; init; }

    /// <summary>Who votes in a consensus step, in the order of its agents.</summary>
    [AtomicList]
    [Bounds(0, 15)]
    public IReadOnlyList<VoterTarget>? Voters { get; init; }

    /// <summary>Name and number of the prompt's revision, <c>code-review@7</c>.</summary>
    [Bounds(0, 300)]
    public string? Prompt { get; init; }

    /// <summary>Digest of the prompt's revision.</summary>
    [Bounds(0, 71)]
    public string? PromptDigest { get; init; }

    /// <summary>ControllerRevision that holds the prompt's revision.</summary>
    [Bounds(0, 253)]
    public string? PromptRevision { get; init; }
}
