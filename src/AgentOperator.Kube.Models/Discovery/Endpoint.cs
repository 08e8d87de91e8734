using System.Text.Json;
using AgentOperator.Kube.Models.Core;

namespace AgentOperator.Kube.Models.Discovery;

/// <summary>discovery.k8s.io/v1 Endpoint.</summary>
public sealed record Endpoint
{
    public IReadOnlyList<string> Addresses { get => field ?? []; init; }

    public EndpointConditions? Conditions { get; init; }

    public string? Hostname { get; init; }

    public ObjectReference? TargetRef { get; init; }

    public string? NodeName { get; init; }

    public string? Zone { get; init; }

    public JsonElement? Hints { get; init; }

    public IReadOnlyDictionary<string, string>? DeprecatedTopology { get; init; }
}
