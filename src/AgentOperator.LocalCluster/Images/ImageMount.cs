using System.Text.Json.Serialization;

namespace AgentOperator.Local.Images;

/// <summary>A folder or file of this machine that the image's programs see.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record ImageMount
{
    /// <summary>Absolute, or relative to the file; <c>${NAME}</c> is taken from the environment.</summary>
    public required string Source { get; init; }

    /// <summary>Where it appears.</summary>
    public required string Path { get; init; }

    /// <summary>True when absent.</summary>
    public bool? ReadOnly { get; init; }
}
