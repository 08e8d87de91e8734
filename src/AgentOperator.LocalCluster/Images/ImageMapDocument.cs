using System.Text.Json.Serialization;

namespace AgentOperator.Local.Images;

/// <summary>The file as it is written.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record ImageMapDocument
{
    /// <summary>Commands by image name; <c>*</c> stands for any text.</summary>
    public required IReadOnlyDictionary<string, LocalImage> Images { get; init; }
}
