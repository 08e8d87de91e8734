namespace AgentOperator.Channels;

/// <summary>One agent that callers may ask.</summary>
internal sealed record AgentEntry
{
    public required string Name { get; init; }

    public string? Role { get; init; }

    public string? Description { get; init; }

    public required IReadOnlyList<string> Capabilities { get; init; }

    public required IReadOnlyList<string> Skills { get; init; }

    /// <summary>Where it answers; its agent card is at /.well-known/agent-card.json.</summary>
    public string? Url { get; init; }

    public bool Ready { get; init; }

    public string? Revision { get; init; }
}
