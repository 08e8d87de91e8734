using AgentOperator.Api.Agents;
using AgentOperator.Api.Runtime;

namespace AgentOperator.Agents.Resolving;

/// <summary>An Agent with what it refers to, as far as that is there.</summary>
internal sealed record ResolvedAgent
{
    /// <summary>What is missing; with anything here the pods are left as they are.</summary>
    public IReadOnlyList<ReferenceProblem> Problems { get; init; } = [];

    public required RuntimeConfig Config { get; init; }

    /// <summary>Text of agent.json.</summary>
    public required string ConfigText { get; init; }

    /// <summary>A change rolls the pods.</summary>
    public required string ConfigHash { get; init; }

    /// <summary>Digest of image, prompt, models and tools.</summary>
    public required string Revision { get; init; }

    public ResolvedPrompt? Prompt { get; init; }

    /// <summary>Image of the pods.</summary>
    public required string Image { get; init; }

    /// <summary>Always or Never.</summary>
    public required string DaprMode { get; init; }

    public bool HasDapr => DaprMode == DaprModes.Always;
}
