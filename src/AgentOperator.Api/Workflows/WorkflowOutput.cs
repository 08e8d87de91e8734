using System.Text.Json;
using AgentOperator.Api.Schema;

namespace AgentOperator.Api.Workflows;

/// <summary>One result of a workflow, known once its steps have succeeded.</summary>
public sealed record WorkflowOutput
{
    /// <summary>Name.</summary>
    [Bounds(1, 63)]
    [Pattern("^[A-Za-z_][A-Za-z0-9_]*$", Message = "expressions read it as a name: letters, digits and underscores, not beginning with a digit, such as image_tag")]
    public required string Name { get; init; }

    /// <summary>Type that the value must have; string if absent.</summary>
    [OneOf(ValueTypes.String, ValueTypes.Integer, ValueTypes.Number, ValueTypes.Boolean, ValueTypes.Object, ValueTypes.Array)]
    public string? Type { get; init; }

    /// <summary>The value, such as <c>{{ steps.build.outputs.digest }}</c>. A text that is one whole <c>{{ }}</c> keeps the value's type.</summary>
    [AnyJson]
    public required JsonElement Value { get; init; }
}
