using System.Text.Json;

namespace AgentOperator.Local.Dapr.State;

/// <summary>One value to save, or to delete in a transaction.</summary>
internal sealed record StateSetItem
{
    public string? Key { get; init; }

    public JsonElement? Value { get; init; }

    public string? Etag { get; init; }

    public IReadOnlyDictionary<string, string>? Metadata { get; init; }

    public StateOptions? Options { get; init; }

    public string? ContentType { get; init; }
}
