using System.Text.Json.Serialization;

namespace AgentOperator.Kube.Models.Core;

/// <summary>v1 DaemonEndpoint.</summary>
public sealed record DaemonEndpoint
{
    [JsonPropertyName("Port")]
    public int Port { get; init; }
}
