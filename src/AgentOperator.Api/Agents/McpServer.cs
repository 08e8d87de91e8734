using AgentOperator.Api.Schema;

namespace AgentOperator.Api.Agents;

/// <summary>An MCP server: over streamable HTTP, or a command in the agent's own image over stdio.</summary>
[CelRule("[has(self.url), has(self.command)].filter(kind, kind).size() == 1", "an MCP server has exactly one of url (streamable HTTP) and command (stdio): set one")]
public sealed record McpServer
{
    /// <summary>Name, unique in the agent: it begins the names of the tools where two servers have the same.</summary>
    [Bounds(1, 40)]
    [Pattern("^[a-z0-9]([-a-z0-9]*[a-z0-9])?$", Message = "a server's name is lower-case letters, digits and hyphens, such as github")]
    public required string Name { get; init; }

    /// <summary>Endpoint of streamable HTTP: http://github-mcp:8080/mcp.</summary>
    [Bounds(1, 2048)]
    [CelRule("isURL(self) && url(self).getScheme() in ['http', 'https']", "url is the server's endpoint, such as http://github-mcp:8080/mcp")]
    public string? Url { get; init; }

    /// <summary>Program of the agent's image with its arguments, spoken to over stdio.</summary>
    [AtomicList]
    [Bounds(1, 50)]
    [ItemBounds(0, 4096)]
    public IReadOnlyList<string>? Command { get; init; }

    /// <summary>Headers of each request, for credentials.</summary>
    [ListMap("name")]
    [Bounds(0, 20)]
    public IReadOnlyList<McpHeader>? Headers { get; init; }
}
