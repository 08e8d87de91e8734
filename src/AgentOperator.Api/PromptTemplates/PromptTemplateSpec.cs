using AgentOperator.Api.Schema;

namespace AgentOperator.Api.PromptTemplates;

/// <summary>A prompt. A change of template, inputs, examples, output or constraints makes a revision; the other fields do not.</summary>
public sealed record PromptTemplateSpec
{
    /// <summary>What the prompt is for.</summary>
    [Bounds(1, 1024)]
    public string? Description { get; init; }

    /// <summary>The messages with their variables.</summary>
    public required PromptText Template { get; init; }

    /// <summary>JSON Schema (2020-12) of the variables, an object; without it the template has none.</summary>
    [AnyJson]
    public System.Text.Json.JsonElement? Inputs { get; init; }

    /// <summary>Few-shot examples, shown to the model before the input.</summary>
    [AtomicList]
    [Bounds(0, 50)]
    public IReadOnlyList<PromptExample>? Examples { get; init; }

    /// <summary>JSON Schema (2020-12) of the answer; plain text if absent. A skill's own output schema goes before it.</summary>
    [AnyJson]
    public System.Text.Json.JsonElement? Output { get; init; }

    /// <summary>Sentences that the model must heed, put at the end of the system message.</summary>
    [AtomicList]
    [Bounds(0, 50)]
    [ItemBounds(1, 1024)]
    public IReadOnlyList<string>? Constraints { get; init; }

    /// <summary>Tokens that fit into the smallest model that the prompt is for: an estimate above is a warning.</summary>
    [Bounds(1, 100000000)]
    public int? ContextWindow { get; init; }

    /// <summary>Revisions kept beside those in use; 20 if absent.</summary>
    [Bounds(1, 200)]
    public int? RevisionHistoryLimit { get; init; }
}
