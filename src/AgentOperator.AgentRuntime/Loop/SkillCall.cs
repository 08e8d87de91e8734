using System.Text.Json;

namespace AgentOperator.AgentRuntime.Loop;

/// <summary>One call of a skill.</summary>
internal sealed record SkillCall
{
    public required string Skill { get; init; }

    public required JsonElement Input { get; init; }

    /// <summary>The conversation; a new one if absent.</summary>
    public string? ContextId { get; init; }

    /// <summary>Names the call; a new name if absent.</summary>
    public string? CallId { get; init; }

    /// <summary>Hears deltas and tool calls.</summary>
    public Func<AgentEvent, ValueTask>? OnEvent { get; init; }
}
