using System.Text.Json;

namespace AgentOperator.Local.Garbage;

/// <summary>A line of a watch.</summary>
internal sealed record MetadataEvent
{
    public required string Type { get; init; }

    public JsonElement Object { get; init; }
}
