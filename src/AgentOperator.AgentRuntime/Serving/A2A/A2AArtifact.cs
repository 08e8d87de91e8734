using System.Text.Json;

namespace AgentOperator.AgentRuntime.Serving.A2A;

/// <summary>A2A 1.0 Artifact.</summary>
internal sealed record A2AArtifact
{
    public required string ArtifactId { get; init; }

    public string? Name { get; init; }

    public required IReadOnlyList<A2APart> Parts { get; init; }

    public JsonElement? Metadata { get; init; }
}
