using AgentOperator.Api.Schema;

namespace AgentOperator.Api.Workflows;

/// <summary>One declared result of a step.</summary>
public sealed record StepOutput
{
    /// <summary>Name, read as <c>{{ steps.step.outputs.name }}</c>.</summary>
    [Bounds(1, 63)]
    [Pattern("^[A-Za-z_][A-Za-z0-9_]*$", Message = "expressions read it as a name: letters, digits and underscores, not beginning with a digit, such as image_tag")]
    public required string Name { get; init; }

    /// <summary>Type that the value must have; string if absent.</summary>
    [OneOf(ValueTypes.String, ValueTypes.Integer, ValueTypes.Number, ValueTypes.Boolean, ValueTypes.Object, ValueTypes.Array)]
    public string? Type { get; init; }
}
