using AgentOperator.AgentRuntime.Prompts;
using AgentOperator.Api.Agents;
using AgentOperator.Api.JsonSchemas;

namespace AgentOperator.AgentRuntime.Loop;

/// <summary>A skill, parsed and checked once.</summary>
internal sealed class SkillPlan
{
    public required AgentSkill Skill { get; init; }

    public JsonSchema? Input { get; private init; }

    public TemplateText? Instructions { get; private init; }

    public required AnswerFormat Format { get; init; }

    public static SkillPlan Create(AgentSkill skill, Prompt prompt, List<string> problems)
    {
        string path = $"skills.{skill.Name}";
        TemplateText? instructions = null;
        try
        {
            instructions = skill.Instructions is { } text ? TemplateText.Parse(text) : null;
        }
        catch (FormatException error)
        {
            problems.Add($"{path}.instructions: {error.Message}");
        }

        return new SkillPlan
        {
            Skill = skill,
            Input = Schemas.Parse(skill.Input, $"{path}.input", problems),
            Instructions = instructions,
            Format = AnswerFormat.Create(skill.Output ?? prompt.Output, $"{path}.output", problems),
        };
    }
}
