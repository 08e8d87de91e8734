using System.Text.Json;
using AgentOperator.Api.Runtime;

namespace AgentOperator.AgentRuntime.Steps;

/// <summary>What a step came to.</summary>
internal sealed record StepResult
{
    /// <summary>The result itself: of the skill, or of the tool.</summary>
    public required JsonElement Result { get; init; }

    /// <summary>The envelope of a skill; null for a tool.</summary>
    public JsonElement? Envelope { get; init; }

    public UsageReport? Usage { get; init; }
}
