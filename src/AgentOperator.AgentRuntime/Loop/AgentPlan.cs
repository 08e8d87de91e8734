using AgentOperator.AgentRuntime.Prompts;
using AgentOperator.Api.Agents;
using AgentOperator.Api.Prices;
using AgentOperator.Api.Runtime;

namespace AgentOperator.AgentRuntime.Loop;

/// <summary>The configuration, parsed and checked once.</summary>
internal sealed class AgentPlan
{
    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromMinutes(10);

    private AgentPlan(RuntimeConfig config) => Config = config;

    public RuntimeConfig Config { get; }

    public required Prompt Prompt { get; init; }

    public required IReadOnlyDictionary<string, SkillPlan> Skills { get; init; }

    public PriceCatalogue? Prices { get; private init; }

    public int MaxTurns => Config.Limits?.MaxTurns ?? 10;

    public long? MaxTokens => Config.Limits?.MaxTokens;

    public int ParallelTools => Config.Limits?.ParallelTools ?? 8;

    public TimeSpan Timeout { get; private init; } = DefaultTimeout;

    /// <summary>The plan, and all that is wrong with the configuration.</summary>
    public static AgentPlan Create(RuntimeConfig config, List<string> problems)
    {
        Prompt prompt = Prompt.Create(config.Prompt, problems);
        Dictionary<string, SkillPlan> skills = new(StringComparer.Ordinal);
        foreach (AgentSkill skill in config.Skills)
        {
            if (!skills.TryAdd(skill.Name, SkillPlan.Create(skill, prompt, problems)))
            {
                problems.Add($"skills: {skill.Name} is there twice");
            }
        }

        return new AgentPlan(config)
        {
            Prompt = prompt,
            Skills = skills,
            Prices = ReadPrices(config, problems),
            Timeout = ReadTimeout(config, problems),
        };
    }

    private static PriceCatalogue? ReadPrices(RuntimeConfig config, List<string> problems)
    {
        try
        {
            return config.Prices is { } prices ? PriceCatalogue.Parse(prices) : null;
        }
        catch (PriceCatalogueException error)
        {
            problems.AddRange(error.Problems.Select(static problem => $"prices: {problem}"));
            return null;
        }
    }

    private static TimeSpan ReadTimeout(RuntimeConfig config, List<string> problems)
    {
        try
        {
            return config.Limits?.Timeout?.ToTimeSpan() ?? DefaultTimeout;
        }
        catch (FormatException error)
        {
            problems.Add($"limits.timeout: {error.Message}");
            return DefaultTimeout;
        }
    }
}
