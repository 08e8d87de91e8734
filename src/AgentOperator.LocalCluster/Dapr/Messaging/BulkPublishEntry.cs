using System.Text.Json;

namespace AgentOperator.Local.Dapr.Messaging;

/// <summary>One event of a bulk publish.</summary>
internal sealed record BulkPublishEntry
{
    public string? EntryId { get; init; }

    /// <summary>JSON for JSON types, text otherwise; base64 text for binary ones.</summary>
    public JsonElement? Event { get; init; }

    public string? ContentType { get; init; }

    public IReadOnlyDictionary<string, string>? Metadata { get; init; }
}
