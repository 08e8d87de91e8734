using System.Text.Json;
using AgentOperator.Api.Agents;
using AgentOperator.Api.Schema;

namespace AgentOperator.Api.Workflows;

/// <summary>Puts a PromptTemplate straight to a model.</summary>
public sealed record PromptStep
{
    /// <summary>The prompt.</summary>
    public required PromptReference Template { get; init; }

    /// <summary>Models in order of preference: when one fails, the next is asked.</summary>
    [AtomicList]
    [Bounds(1, 8)]
    public required IReadOnlyList<AgentModel> Models { get; init; }

    /// <summary>Values of the prompt's variables, an object. A text that is one whole <c>{{ }}</c> keeps the value's type.</summary>
    [AnyJson]
    public JsonElement? Input { get; init; }

    /// <summary>Bounds of the call.</summary>
    public AgentLimits? Limits { get; init; }
}
