using System.Text.Json;
using AgentOperator.Api.Workflows;

namespace AgentOperator.Api.Runtime;

/// <summary>What the operator tells our runtime of one attempt of a step: the file task.json.</summary>
public sealed record StepTask
{
    /// <summary>The skill to call, of the deployed agent at <see cref="Url"/> or of <see cref="Agent"/> in this process; absent for a tool call.</summary>
    public string? Skill { get; init; }

    /// <summary>Input of the skill, or arguments of the tool: an object. Of a forEach it is in the item's own file.</summary>
    public required JsonElement Input { get; init; }

    /// <summary>Folder of the items' files; null for a step without forEach.</summary>
    public string? Items { get; init; }

    /// <summary>The deployed agent; absent when the step runs the agent itself.</summary>
    public string? Url { get; init; }

    /// <summary>The agent to be, with its models or with the one server of a tool call.</summary>
    public RuntimeConfig? Agent { get; init; }

    /// <summary>Name of the tool to call, of the only server in <see cref="Agent"/>.</summary>
    public string? Tool { get; init; }

    /// <summary>The vote that the step is; null for other steps.</summary>
    public ConsensusTask? Consensus { get; init; }

    /// <summary>Conversation that the call belongs to: memory and traces group by it.</summary>
    public string? ContextId { get; init; }

    /// <summary>Declared outputs. Each is a field of the skill's result; <c>result</c>, <c>reasoning</c>, <c>confidence</c>, <c>humanReviewRequired</c> and <c>nextRole</c> are of the envelope where the result has no such field.</summary>
    public IReadOnlyList<StepOutput> Outputs { get => field ?? []; init; }
}
