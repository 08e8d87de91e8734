using AgentOperator.AgentRuntime.Loop;
using AgentOperator.Api.Runtime;

namespace AgentOperator.AgentRuntime.Serving;

/// <summary>Answer 202: the call waits for a yes. <c>POST /v1/calls/{callId}</c> with <c>{"decision": "Approve"}</c> or <c>{"decision": "Deny", "comment": …}</c> goes on with it.</summary>
internal sealed record InputRequiredDocument
{
    public string Status { get; } = nameof(SkillEnd.InputRequired);

    public required string CallId { get; init; }

    public string? ContextId { get; init; }

    public required string Message { get; init; }

    public required IReadOnlyList<PendingApproval> Approvals { get; init; }

    public string? TraceId { get; init; }

    /// <summary>What the call has used so far.</summary>
    public UsageReport? Usage { get; init; }
}
