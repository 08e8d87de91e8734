using System.Diagnostics;
using AgentOperator.AgentRuntime.Tools;
using AgentOperator.Api.Runtime;
using Microsoft.Extensions.AI;

namespace AgentOperator.AgentRuntime.Loop;

/// <summary>What one call of a skill has come to.</summary>
internal sealed class CallState
{
    public required SkillPlan Skill { get; init; }

    public required string CallId { get; init; }

    public required string ContextId { get; init; }

    /// <summary>All messages so far.</summary>
    public required List<ChatMessage> Messages { get; init; }

    /// <summary>The user's message, for the memory.</summary>
    public required string UserText { get; init; }

    public required ToolSet Tools { get; init; }

    public required ChatOptions Options { get; init; }

    public Func<AgentEvent, ValueTask>? OnEvent { get; set; }

    public ActivityContext Trace { get; set; }

    public int Turns { get; set; }

    public bool IsRepaired { get; set; }

    public bool IsFlagged { get; set; }

    public UsageReport Usage { get; set; } = new();

    public string? Model { get; set; }

    /// <summary>Tool calls that wait for the caller's yes, with all calls of the same answer.</summary>
    public IReadOnlyList<FunctionCallContent> Waiting { get; set; } = [];
}
