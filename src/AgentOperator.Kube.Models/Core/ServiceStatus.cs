using System.Text.Json;

namespace AgentOperator.Kube.Models.Core;

/// <summary>v1 ServiceStatus.</summary>
public sealed record ServiceStatus
{
    public JsonElement? LoadBalancer { get; init; }

    public IReadOnlyList<Condition>? Conditions { get; init; }
}
