using AgentOperator.Api.Schema;

namespace AgentOperator.Api.Agents;

/// <summary>A header of a request to an MCP server.</summary>
[CelRule("has(self.value) != has(self.valueFrom)", "a header has a value or a valueFrom: set one")]
public sealed record McpHeader
{
    /// <summary>Name of the header.</summary>
    [Bounds(1, 128)]
    [Pattern("^[A-Za-z0-9-]+$", Message = "a header's name is letters, digits and hyphens, such as Authorization")]
    public required string Name { get; init; }

    /// <summary>Its value, for what is no secret.</summary>
    [Bounds(1, 4096)]
    public string? Value { get; init; }

    /// <summary>Its value in a Secret.</summary>
    public SecretValue? ValueFrom { get; init; }
}
