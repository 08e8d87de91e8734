using System.Text.Json;

namespace AgentOperator.AgentRuntime.Dapr;

/// <summary>One value as it is sent.</summary>
internal sealed record StateSaveItem
{
    public required string Key { get; init; }

    public required JsonElement Value { get; init; }

    public string? Etag { get; init; }

    public IReadOnlyDictionary<string, string>? Metadata { get; init; }

    public StateSaveItemOptions? Options { get; init; }
}
