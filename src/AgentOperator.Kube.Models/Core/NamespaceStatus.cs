using System.Text.Json;

namespace AgentOperator.Kube.Models.Core;

/// <summary>v1 NamespaceStatus.</summary>
public sealed record NamespaceStatus
{
    /// <summary><c>Active</c> or <c>Terminating</c>.</summary>
    public string? Phase { get; init; }

    public IReadOnlyList<JsonElement>? Conditions { get; init; }
}
