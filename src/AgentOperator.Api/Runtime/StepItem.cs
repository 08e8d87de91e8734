using System.Text.Json;

namespace AgentOperator.Api.Runtime;

/// <summary>What one item of a forEach is given: a file of <see cref="RuntimeFiles.Items"/>, named by the index of the Job.</summary>
public sealed record StepItem
{
    /// <summary>Place in the list, from 0; the index of the Job is another one where only some items are tried again.</summary>
    public required int Index { get; init; }

    /// <summary>Input of the skill, or arguments of the tool: an object.</summary>
    public required JsonElement Input { get; init; }

    /// <summary>Conversation that the call belongs to.</summary>
    public string? ContextId { get; init; }
}
