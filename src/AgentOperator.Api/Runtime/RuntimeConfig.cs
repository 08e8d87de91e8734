using System.Text.Json;
using AgentOperator.Api.Agents;

namespace AgentOperator.Api.Runtime;

/// <summary>What the operator tells our runtime of one agent: the file agent.json. References are resolved; secrets are not in it, only the names of the variables that hold them.</summary>
public sealed record RuntimeConfig
{
    /// <summary>Name of the Agent; of the step when the runtime works for a step alone.</summary>
    public required string Name { get; init; }

    public required string Namespace { get; init; }

    /// <summary>Digest of image, prompt, models and tools.</summary>
    public string? Revision { get; init; }

    public string? Role { get; init; }

    public string? Description { get; init; }

    public IReadOnlyList<string> Capabilities { get => field ?? []; init; }

    /// <summary>Where callers reach the agent: the agent card names it.</summary>
    public string? Url { get; init; }

    /// <summary>Models in order of preference; none for a step that calls a tool.</summary>
    public IReadOnlyList<RuntimeModel> Models { get => field ?? []; init; }

    public RuntimePrompt? Prompt { get; init; }

    public IReadOnlyList<AgentSkill> Skills { get => field ?? []; init; }

    public IReadOnlyList<RuntimeTool> Tools { get => field ?? []; init; }

    public AgentLimits? Limits { get; init; }

    public AgentMemory? Memory { get; init; }

    public AgentGuard? Guard { get; init; }

    public RuntimeDapr? Dapr { get; init; }

    /// <summary>The price catalogue as it is in its ConfigMap; absent when there is none.</summary>
    public JsonElement? Prices { get; init; }
}
