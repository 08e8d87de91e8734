using System.Text.Json;
using AgentOperator.Api.Schema;

namespace AgentOperator.Api.PromptTemplates;

/// <summary>A few-shot example.</summary>
public sealed record PromptExample
{
    /// <summary>Values of the variables, valid under inputs.</summary>
    [AnyJson]
    public required JsonElement Input { get; init; }

    /// <summary>The answer, valid under output; text when there is no such schema.</summary>
    [AnyJson]
    public required JsonElement Output { get; init; }
}
