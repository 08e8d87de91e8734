using System.Text.Json;

namespace AgentOperator.AgentRuntime.Serving.A2A;

/// <summary>A2A 1.0 Message.</summary>
internal sealed record A2AMessage
{
    public const string Agent = "ROLE_AGENT";

    public string? MessageId { get; init; }

    public string? ContextId { get; init; }

    public string? TaskId { get; init; }

    public string? Role { get; init; }

    public IReadOnlyList<A2APart> Parts { get => field ?? []; init; }

    public JsonElement? Metadata { get; init; }
}
