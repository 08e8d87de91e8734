using System.Text.Json;
using AgentOperator.Agents;
using AgentOperator.Agents.Building;
using AgentOperator.Agents.Dapr;
using AgentOperator.Agents.Deciding;
using AgentOperator.Agents.Observing;
using AgentOperator.Agents.Resolving;
using AgentOperator.Api;
using AgentOperator.Api.Agents;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Apps;
using AgentOperator.Kube.Models.Core;
using AgentOperator.Kube.Models.Networking;

namespace AgentOperator.Tests.Agents;

/// <summary>Agents and what there is around them.</summary>
internal static class Given
{
    public const string Models = """
        "models": [{"provider": "anthropic", "name": "claude-sonnet-4-5", "apiKey": {"secretKeyRef": {"name": "anthropic", "key": "api-key"}}}],
        "systemPrompt": "You review.", "skills": [{"name": "review.analyze"}]
        """;

    public static DateTimeOffset Now { get; } = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);

    public static AgentPlatform Platform { get; } = new() { RuntimeImage = "agent-operator/agent-runtime:0.1", OperatorNamespace = "agentoperator-system" };

    public static ObjectKeySelector Key { get; } = new() { Name = "anthropic", Key = "api-key" };

    /// <summary>Everything that <see cref="Models"/> names.</summary>
    public static AgentObservation Complete { get; } = new() { Secrets = new Dictionary<ObjectKeySelector, FoundKey> { [Key] = new(true, "digest-1") } };

    public static DaprFacts Dapr { get; } = new() { HasInjector = true, IsInjectorReady = true, SidecarImage = "daprd:1.18.3" };

    public static Agent Agent(string more = "", AgentStatus? status = null, string name = "reviewer") => new()
    {
        Metadata = new ObjectMeta { Name = name, Namespace = "team", Uid = "0d6f", Generation = 3, ResourceVersion = "1", CreationTimestamp = new Time(Now) },
        Spec = JsonSerializer.Deserialize($"{{{Models}{(more.Length == 0 ? "" : ", " + more)}}}", ApiJsonContext.Default.AgentSpec)!,
        Status = status,
    };

    public static ResolvedAgent Resolve(Agent agent, AgentObservation? seen = null, AgentPlatform? platform = null) => AgentResolver.Resolve(agent, seen ?? Complete, platform ?? Platform);

    public static AgentChildren Children(Agent agent, AgentObservation? seen = null, AgentPlatform? platform = null) =>
        AgentChildrenBuilder.Build(agent, Resolve(agent, seen, platform), seen ?? Complete, platform ?? Platform);

    public static PodSpec Pod(string more = "", AgentObservation? seen = null) => Children(Agent(more), seen).Deployment.Spec!.Template.Spec;

    public static IReadOnlyDictionary<string, string> Annotations(string more, AgentObservation seen) => Children(Agent(more), seen).Deployment.Spec!.Template.Metadata!.Annotations!;

    public static NetworkPolicySpec Network(string more = "", AgentObservation? seen = null, AgentPlatform? platform = null) => Children(Agent(more), seen, platform).Network!.Spec!;

    public static AgentStatus Status(Agent agent, AgentObservation? seen = null, ChildOutcome? children = null, DateTimeOffset? now = null) => Decide(agent, seen, children, now).Status;

    public static AgentDecision Decide(Agent agent, AgentObservation? seen = null, ChildOutcome? children = null, DateTimeOffset? now = null) =>
        AgentDecider.Decide(agent, seen ?? Complete, Resolve(agent, seen), children ?? ChildOutcome.Unchanged, now ?? Now);

    public static Deployment Deployment(int replicas, int updated, int available, string? annotation = null, int? all = null) => new()
    {
        Metadata = new ObjectMeta { Name = "reviewer", Namespace = "team", Generation = 2, Annotations = annotation is null ? null : new Dictionary<string, string> { [annotation] = "true" } },
        Spec = new DeploymentSpec { Replicas = replicas, Template = new PodTemplateSpec { Spec = new PodSpec() } },
        Status = new DeploymentStatus { ObservedGeneration = 2, Replicas = all ?? updated, UpdatedReplicas = updated, AvailableReplicas = available, ReadyReplicas = available },
    };

    public static string? Condition(AgentStatus status, string type) =>
        status.Conditions!.FirstOrDefault(condition => condition.Type == type) is { } found ? $"{found.Status} {found.Reason}" : null;
}
