using System.Text.Json;
using AgentOperator.Api.Schema;

namespace AgentOperator.Api.Agents;

/// <summary>Something that callers may ask the agent for, over MCP, A2A and HTTP under one name.</summary>
public sealed record AgentSkill
{
    /// <summary>Name, unique in the agent: review.analyze.</summary>
    [Bounds(1, 63)]
    [Pattern("^[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?$", Message = "a skill's name is letters, digits, dots, hyphens and underscores, such as review.analyze")]
    public required string Name { get; init; }

    /// <summary>Version of its contract: v1.</summary>
    [Bounds(1, 63)]
    public string? Version { get; init; }

    /// <summary>What it does, in one sentence: callers and models read it.</summary>
    [Bounds(1, 1024)]
    public string? Description { get; init; }

    /// <summary>What the model is told for this skill, after the agent's prompt; <c>{{name}}</c> stands for a value of the input.</summary>
    [Bounds(1, 65536)]
    public string? Instructions { get; init; }

    /// <summary>JSON Schema (2020-12) of the input, an object; any object if absent.</summary>
    [AnyJson]
    public JsonElement? Input { get; init; }

    /// <summary>JSON Schema (2020-12) of the result; plain text if absent.</summary>
    [AnyJson]
    public JsonElement? Output { get; init; }

    /// <summary>Words that callers may search for.</summary>
    [AtomicList]
    [Bounds(0, 20)]
    [ItemBounds(1, 63)]
    public IReadOnlyList<string>? Tags { get; init; }
}
