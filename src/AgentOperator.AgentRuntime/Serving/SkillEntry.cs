using System.Text.Json;
using AgentOperator.Api.Agents;

namespace AgentOperator.AgentRuntime.Serving;

/// <summary>One skill.</summary>
internal sealed record SkillEntry
{
    public required string Name { get; init; }

    public string? Version { get; init; }

    public string? Description { get; init; }

    public JsonElement? Input { get; init; }

    public JsonElement? Output { get; init; }

    public IReadOnlyList<string>? Tags { get; init; }

    public static SkillEntry Of(AgentSkill skill) => new()
    {
        Name = skill.Name,
        Version = skill.Version,
        Description = skill.Description,
        Input = skill.Input,
        Output = skill.Output,
        Tags = skill.Tags,
    };
}
