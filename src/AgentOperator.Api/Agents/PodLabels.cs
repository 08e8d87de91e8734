using AgentOperator.Api.Schema;

namespace AgentOperator.Api.Agents;

/// <summary>Labels and annotations of pods.</summary>
[CelRule(
    "(!has(self.labels) || self.labels.all(k, !k.matches('^([a-z0-9.-]+\\\\.)?(agentoperator[.]dev|kubernetes[.]io|k8s[.]io|dapr[.]io)/'))) && (!has(self.annotations) || self.annotations.all(k, !k.matches('^([a-z0-9.-]+\\\\.)?(agentoperator[.]dev|kubernetes[.]io|k8s[.]io|dapr[.]io)/')))",
    "labels and annotations of agentoperator.dev, kubernetes.io, k8s.io and dapr.io belong to the operator: remove them; spec.dapr has the settings of the sidecar")]
public sealed record PodLabels
{
    /// <summary>Labels.</summary>
    [Bounds(0, 50)]
    [ItemBounds(0, 63)]
    public IReadOnlyDictionary<string, string>? Labels { get; init; }

    /// <summary>Annotations.</summary>
    [Bounds(0, 50)]
    [ItemBounds(0, 4096)]
    public IReadOnlyDictionary<string, string>? Annotations { get; init; }
}
