using AgentOperator.Api.Schema;
using AgentOperator.Kube.Models;

namespace AgentOperator.Api.Agents;

/// <summary>A server of tools, or another agent.</summary>
[CelRule("[has(self.mcp), has(self.agent)].filter(kind, kind).size() == 1", "a tool is exactly one of mcp and agent: set one")]
[CelRule("!has(self.requireApproval) || !has(self.allow) || self.requireApproval.all(name, name in self.allow)", "every name in requireApproval must be in allow too: add it there", FieldPath = ".requireApproval")]
public sealed record AgentTool
{
    /// <summary>An MCP server.</summary>
    public McpServer? Mcp { get; init; }

    /// <summary>An Agent in the same namespace: each of its skills is a tool.</summary>
    public ObjectName? Agent { get; init; }

    /// <summary>Tools that may be used; all if absent.</summary>
    [AtomicList]
    [Bounds(1, 100)]
    [ItemBounds(1, 128)]
    public IReadOnlyList<string>? Allow { get; init; }

    /// <summary>Tools that are not called before the caller has agreed: the call answers input-required.</summary>
    [AtomicList]
    [Bounds(1, 100)]
    [ItemBounds(1, 128)]
    public IReadOnlyList<string>? RequireApproval { get; init; }

    /// <summary>Longest time of one call; 1m if absent.</summary>
    public Duration? Timeout { get; init; }
}
