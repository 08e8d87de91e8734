namespace AgentOperator.Api.Runtime;

/// <summary>A server of tools as the runtime gets it.</summary>
public sealed record RuntimeTool
{
    /// <summary>Name of the MCP server, or of the Agent.</summary>
    public required string Name { get; init; }

    /// <summary>True: the URL is another agent's, spoken to over A2A.</summary>
    public bool IsAgent { get; init; }

    /// <summary>Endpoint of streamable HTTP, or of the agent.</summary>
    public string? Url { get; init; }

    /// <summary>Program and arguments of a stdio server.</summary>
    public IReadOnlyList<string>? Command { get; init; }

    public IReadOnlyList<RuntimeHeader> Headers { get => field ?? []; init; }

    /// <summary>Tools that may be used; all if absent.</summary>
    public IReadOnlyList<string>? Allow { get; init; }

    public IReadOnlyList<string> RequireApproval { get => field ?? []; init; }

    /// <summary>Longest time of one call in milliseconds.</summary>
    public long? TimeoutMilliseconds { get; init; }
}
