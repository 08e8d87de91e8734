using System.Text.Json;

namespace AgentOperator.Api.PromptTemplates;

/// <summary>What a model would see of a prompt: the data of a revision, and what its digest is taken over.</summary>
public sealed record PromptContent
{
    public required IReadOnlyList<PromptMessage> Messages { get; init; }

    public JsonElement? Inputs { get; init; }

    public IReadOnlyList<PromptExample>? Examples { get; init; }

    public JsonElement? Output { get; init; }

    public IReadOnlyList<string>? Constraints { get; init; }
}
