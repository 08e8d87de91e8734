using System.Text.Json;
using AgentOperator.Agents.Dapr;
using AgentOperator.Agents.Usage;
using AgentOperator.Api.Agents;
using AgentOperator.Kube.Models.Apps;
using AgentOperator.PromptTemplates.Revisions;

namespace AgentOperator.Agents.Observing;

/// <summary>All that an Agent is decided from, but the Agent itself.</summary>
internal sealed record AgentObservation
{
    /// <summary>The revision that the spec names.</summary>
    public StoredRevision? Prompt { get; init; }

    /// <summary>Why there is none.</summary>
    public string? PromptProblem { get; init; }

    public IReadOnlyDictionary<ObjectKeySelector, FoundKey> Secrets { get; init; } = new Dictionary<ObjectKeySelector, FoundKey>();

    public IReadOnlyDictionary<ObjectKeySelector, FoundKey> Scripts { get; init; } = new Dictionary<ObjectKeySelector, FoundKey>();

    /// <summary>The other Agents of the namespace.</summary>
    public IReadOnlyList<Agent> Neighbours { get; init; } = [];

    /// <summary>Whether the account that the spec names is there.</summary>
    public bool HasServiceAccount { get; init; } = true;

    public Deployment? Deployment { get; init; }

    public IReadOnlyList<AgentPod> Pods { get; init; } = [];

    public IReadOnlyList<StoredReport> Reports { get; init; } = [];

    /// <summary>The price catalogue; null for none, or one that cannot be read.</summary>
    public JsonElement? Prices { get; init; }

    /// <summary>Whether custom.metrics.k8s.io is served.</summary>
    public bool HasCustomMetrics { get; init; }

    /// <summary>Null when Dapr is not in the cluster.</summary>
    public DaprFacts? Dapr { get; init; }

    /// <summary>Components that a sidecar says that it has; null when none could be asked.</summary>
    public IReadOnlyList<string>? LoadedComponents { get; init; }
}
