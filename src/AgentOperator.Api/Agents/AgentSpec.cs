using AgentOperator.Api.Schema;

namespace AgentOperator.Api.Agents;

/// <summary>An agent: either our runtime with models, a prompt and skills, or any image that serves A2A or MCP on port 8080.</summary>
[CelRule("has(self.models) || (has(self.deployment) && has(self.deployment.image))", "an agent needs models, or deployment.image with a server of your own: set one")]
[CelRule("!(has(self.prompt) && has(self.systemPrompt))", "an agent has a prompt or a systemPrompt, not both: remove one", FieldPath = ".systemPrompt")]
[CelRule("!(has(self.replicas) && has(self.scaling))", "an agent has replicas or scaling, not both: remove replicas to let the autoscaler work", FieldPath = ".replicas")]
[CelRule("!has(self.models) || (has(self.deployment) && has(self.deployment.image)) || has(self.prompt) || has(self.systemPrompt)", "an agent of our runtime needs a prompt or a systemPrompt: set one")]
[CelRule("!has(self.models) || (has(self.deployment) && has(self.deployment.image)) || has(self.skills)", "an agent of our runtime needs at least one skill: add it to skills", FieldPath = ".skills")]
public sealed record AgentSpec
{
    /// <summary>What the agent is in its team, one word: reviewer.</summary>
    [Bounds(1, 63)]
    public string? Role { get; init; }

    /// <summary>What it does, in one sentence: other agents read it in the agent card.</summary>
    [Bounds(1, 1024)]
    public string? Description { get; init; }

    /// <summary>What it can do, in words that a step's <c>requires</c> names.</summary>
    [AtomicList]
    [Bounds(0, 50)]
    [ItemBounds(1, 63)]
    public IReadOnlyList<string>? Capabilities { get; init; }

    /// <summary>Models in order of preference: when one fails, the next is asked.</summary>
    [AtomicList]
    [Bounds(1, 8)]
    public IReadOnlyList<AgentModel>? Models { get; init; }

    /// <summary>How a model is chosen; Fallback if absent.</summary>
    public AgentRouting? Routing { get; init; }

    /// <summary>The prompt, by reference to a PromptTemplate.</summary>
    public PromptReference? Prompt { get; init; }

    /// <summary>The prompt, written out: the system message as it is, without variables.</summary>
    [Bounds(1, 65536)]
    public string? SystemPrompt { get; init; }

    /// <summary>What callers may ask for.</summary>
    [ListMap("name")]
    [Bounds(1, 50)]
    public IReadOnlyList<AgentSkill>? Skills { get; init; }

    /// <summary>What the agent may call.</summary>
    [AtomicList]
    [Bounds(0, 20)]
    public IReadOnlyList<AgentTool>? Tools { get; init; }

    /// <summary>Bounds of one call.</summary>
    public AgentLimits? Limits { get; init; }

    /// <summary>What the agent remembers of a conversation; nothing if absent.</summary>
    public AgentMemory? Memory { get; init; }

    /// <summary>What is checked on the way in and out.</summary>
    public AgentGuard? Guard { get; init; }

    /// <summary>The Dapr sidecar.</summary>
    public AgentDapr? Dapr { get; init; }

    /// <summary>The Budget that the agent's spend is counted in.</summary>
    public ObjectName? BudgetRef { get; init; }

    /// <summary>Pods; what <c>kubectl scale</c> writes. 1 if absent and scaling is too.</summary>
    [Bounds(0, 1000)]
    public int? Replicas { get; init; }

    /// <summary>An autoscaler sets the number of pods.</summary>
    public AgentScaling? Scaling { get; init; }

    /// <summary>The agent's pods.</summary>
    public AgentDeployment? Deployment { get; init; }

    /// <summary>What the pods may talk to beyond what the spec needs.</summary>
    public AgentNetwork? Network { get; init; }
}
