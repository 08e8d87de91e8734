using System.Text.Json.Serialization.Metadata;
using AgentOperator.Api.Schema;
using AgentOperator.Kube.Models;

namespace AgentOperator.Api.Agents;

/// <summary>A deployed AI agent: models, prompt, skills, tools, guards and scaling.</summary>
[ResourceNames("agt")]
[Scale(".spec.replicas", ".status.replicas", ".status.selector")]
[CelRule("size(self.metadata.name) <= 50 && self.metadata.name.matches('^[a-z]([-a-z0-9]*[a-z0-9])?$')", "the name of an Agent is its Service's and its Dapr app-id: at most 50 lower-case letters, digits and hyphens, beginning with a letter, such as code-reviewer")]
[PrinterColumn("Model", "string", ".status.model", Description = "First of the agent's models")]
[PrinterColumn("Ready", "string", ".status.conditions[?(@.type==\"Ready\")].status")]
[PrinterColumn("Replicas", "string", ".status.readyReplicasText", Description = "Ready pods, of all pods")]
[PrinterColumn("Tokens", "integer", ".status.usage.tokens", Description = "Tokens of the day (UTC)")]
[PrinterColumn("Cost", "string", ".status.usage.cost", Description = "Cost of the day's model calls (UTC)")]
[PrinterColumn("Age", "date", ".metadata.creationTimestamp")]
[PrinterColumn("Revision", "string", ".status.revision", Wide = true)]
[PrinterColumn("URL", "string", ".status.url", Wide = true)]
[PrinterColumn("Reason", "string", ".status.conditions[?(@.type==\"Ready\")].reason", Wide = true)]
public sealed record Agent : KubernetesObject<Agent>, IKubernetesObject<Agent>
{
    public static ResourceDefinition Resource { get; } = new(ApiGroup.Name, ApiGroup.Version, "agents", "Agent");

    public static JsonTypeInfo<Agent> JsonTypeInfo => ApiJsonContext.Default.Agent;

    /// <summary>What the agent is.</summary>
    public required AgentSpec Spec { get; init; }

    /// <summary>What there is of it: written by the operator only.</summary>
    public AgentStatus? Status { get; init; }
}
