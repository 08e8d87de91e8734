using System.Text.Json;
using AgentOperator.Api.Schema;

namespace AgentOperator.Api.Workflows;

/// <summary>One input of a workflow.</summary>
public sealed record WorkflowParameter
{
    /// <summary>Name, read as <c>{{ params.name }}</c>.</summary>
    [Bounds(1, 63)]
    [Pattern("^[A-Za-z_][A-Za-z0-9_]*$", Message = "expressions read it as a name: letters, digits and underscores, not beginning with a digit, such as image_tag")]
    public required string Name { get; init; }

    /// <summary>Type that the value must have; string if absent.</summary>
    [OneOf(ValueTypes.String, ValueTypes.Integer, ValueTypes.Number, ValueTypes.Boolean, ValueTypes.Object, ValueTypes.Array)]
    public string? Type { get; init; }

    /// <summary>The value, of the declared type; null if absent.</summary>
    [AnyJson]
    public JsonElement? Value { get; init; }

    /// <summary>True: no run starts without a value.</summary>
    public bool? Required { get; init; }

    /// <summary>The values that it may have, each of the declared type.</summary>
    [AnyJson]
    [AtomicList]
    [Bounds(1, 100)]
    public IReadOnlyList<JsonElement>? Enum { get; init; }
}
