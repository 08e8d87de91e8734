using System.Text.Json;
using AgentOperator.Api.Schema;

namespace AgentOperator.Api.Workflows;

/// <summary>A value for a param of another workflow.</summary>
public sealed record ParameterValue
{
    /// <summary>Name of the param.</summary>
    [Bounds(1, 63)]
    public required string Name { get; init; }

    /// <summary>The value. A text that is one whole <c>{{ }}</c> keeps the value's type.</summary>
    [AnyJson]
    public required JsonElement Value { get; init; }
}
