namespace AgentOperator.AgentRuntime.Serving;

/// <summary>Answer of <c>GET /v1/skills</c>.</summary>
internal sealed record SkillList
{
    public required string Agent { get; init; }

    public required IReadOnlyList<SkillEntry> Skills { get; init; }
}
