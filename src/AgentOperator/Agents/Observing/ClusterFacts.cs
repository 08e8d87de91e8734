using AgentOperator.Agents.Dapr;

namespace AgentOperator.Agents.Observing;

/// <summary>What the cluster has beyond Kubernetes itself.</summary>
/// <param name="HasCustomMetrics">Whether custom.metrics.k8s.io is served.</param>
/// <param name="Dapr">Null when Dapr is not there.</param>
internal sealed record ClusterFacts(bool HasCustomMetrics, DaprFacts? Dapr);
