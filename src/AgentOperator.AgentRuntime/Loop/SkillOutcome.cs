using AgentOperator.Api.Runtime;

namespace AgentOperator.AgentRuntime.Loop;

/// <summary>The end of a call of a skill.</summary>
internal sealed record SkillOutcome
{
    public required SkillEnd End { get; init; }

    /// <summary>One of <see cref="SkillReasons"/>; null when completed.</summary>
    public string? Reason { get; init; }

    /// <summary>What happened, for the caller.</summary>
    public string? Message { get; init; }

    /// <summary>Set when completed.</summary>
    public AnswerEnvelope? Answer { get; init; }

    /// <summary>Set when input is required.</summary>
    public IReadOnlyList<PendingApproval> Approvals { get => field ?? []; init; }

    /// <summary>Names the call that waits.</summary>
    public required string CallId { get; init; }

    public string? ContextId { get; init; }

    public UsageReport Usage { get => field ?? new UsageReport(); init; }

    public string? TraceId { get; init; }
}
