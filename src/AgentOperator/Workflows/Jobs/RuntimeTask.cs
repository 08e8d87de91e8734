using System.Text;
using System.Text.Json;
using AgentOperator.Api.Runtime;
using AgentOperator.Api.Workflows;
using AgentOperator.Workflows.Deciding;
using AgentOperator.Workflows.Templates;

namespace AgentOperator.Workflows.Jobs;

/// <summary>What the runtime is told of an attempt.</summary>
internal static class RuntimeTask
{
    /// <summary>Name of the one skill of a prompt step.</summary>
    public const string PromptSkill = "prompt";

    /// <summary>Annotations of an object have at most 256 KiB together.</summary>
    public const int MaxBytes = 240 * 1024;

    private static readonly JsonElement Empty = JsonElement.Parse("{}");

    /// <exception cref="TemplateException">The input is no object, or too large.</exception>
    public static string Of(Workflow workflow, WorkflowStatus status, AttemptStart start, StepMaterial material)
    {
        WorkflowStep step = start.Step;
        StepTarget? target = start.Target;
        StepTask task = new()
        {
            Skill = step.Prompt is not null ? PromptSkill : target?.Skill,
            Input = step.ForEach is null ? InputOf(step, material.Scope) : Empty,
            Items = step.ForEach is null ? null : RuntimeFiles.Items,
            Url = target is { Mode: AgentStepModes.Deployed } ? target.Url : null,
            Agent = material.Agent,
            Tool = step.Tool?.Name,
            ContextId = step is { Agent: { } agent, ForEach: null } ? ContextOf(agent, material.Scope, $"{workflow.Metadata.Uid}-{status.Run}") : null,
            Consensus = step.Consensus is { } consensus ? ConsensusOf(consensus, target!) : null,
            Outputs = step.Outputs ?? [],
        };
        string text = JsonSerializer.Serialize(task, RuntimeJsonContext.Default.StepTask);
        int bytes = Encoding.UTF8.GetByteCount(text);
        return bytes <= MaxBytes
            ? text
            : throw new TemplateException($"what the step is given has {bytes} bytes, more than {MaxBytes}: pass a reference to where the value is");
    }

    /// <summary>What one item of a forEach is given. Conversations of items, which go on side by side, are not one.</summary>
    /// <exception cref="TemplateException">The input is no object.</exception>
    public static StepItem ItemOf(Workflow workflow, WorkflowStatus status, AttemptStart start, int place, IValueScope scope) => new()
    {
        Index = place,
        Input = InputOf(start.Step, scope),
        ContextId = start.Step.Agent is { } agent ? ContextOf(agent, scope, $"{workflow.Metadata.Uid}-{status.Run}-{start.Step.Name}-{place}") : null,
    };

    private static ConsensusTask ConsensusOf(ConsensusStep step, StepTarget target) => new()
    {
        Voters = [.. target.Voters!.Select((voter, i) => new ConsensusTaskVoter { Agent = voter.Agent, Skill = voter.Skill, Url = voter.Url, Weight = step.Agents[i].Weight ?? 1 })],
        Vote = step.Vote,
        Strategy = step.Strategy ?? ConsensusStrategies.Majority,
        Quorum = step.Quorum,
    };

    private static JsonElement InputOf(WorkflowStep step, IValueScope scope)
    {
        if ((step.Agent?.Input ?? step.Prompt?.Input ?? step.Tool?.Arguments ?? step.Consensus?.Input) is not { } json)
        {
            return Empty;
        }

        JsonElement value = JsonTemplate.Render(json, scope);
        return value.ValueKind == JsonValueKind.Object ? value : throw new TemplateException("the input is no object once its {{ }} is replaced: write a map of names and values");
    }

    private static string ContextOf(AgentStep agent, IValueScope scope, string own) => agent.ContextId is { } text ? TemplateText.Parse(text).Plain(scope) : own;
}
