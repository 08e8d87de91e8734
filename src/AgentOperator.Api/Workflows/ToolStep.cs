using System.Text.Json;
using AgentOperator.Api.Agents;
using AgentOperator.Api.Schema;

namespace AgentOperator.Api.Workflows;

/// <summary>One call of a tool of an MCP server.</summary>
[CelRule("has(self.mcp.url)", "a tool step needs a server with a url: the step's own image holds no servers", FieldPath = ".mcp")]
public sealed record ToolStep
{
    /// <summary>The server.</summary>
    public required McpServer Mcp { get; init; }

    /// <summary>Name of the tool.</summary>
    [Bounds(1, 128)]
    public required string Name { get; init; }

    /// <summary>Arguments, an object. A text that is one whole <c>{{ }}</c> keeps the value's type.</summary>
    [AnyJson]
    public JsonElement? Arguments { get; init; }
}
