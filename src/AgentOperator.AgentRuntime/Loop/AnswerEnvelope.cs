using System.Text.Json;
using AgentOperator.Api.Runtime;

namespace AgentOperator.AgentRuntime.Loop;

/// <summary>What a skill answers.</summary>
internal sealed record AnswerEnvelope
{
    public required string Skill { get; init; }

    /// <summary>Valid under the skill's output schema; a string when there is none.</summary>
    public required JsonElement Result { get; init; }

    /// <summary>Why, in the model's own words.</summary>
    public string? Reasoning { get; init; }

    /// <summary>0 to 1, as the model sees it.</summary>
    public double? Confidence { get; init; }

    /// <summary>True when the model asks for a person, or the guard saw orders in input or in a tool's result.</summary>
    public bool HumanReviewRequired { get; init; }

    /// <summary>Role that should go on, as the model sees it.</summary>
    public string? NextRole { get; init; }

    public UsageReport Usage { get => field ?? new UsageReport(); init; }

    /// <summary>Absent when no request had a price.</summary>
    public AnswerCost? Cost { get; init; }

    /// <summary>Provider and name of the model that gave the answer.</summary>
    public string? Model { get; init; }

    /// <summary>Answers of the model.</summary>
    public int Turns { get; init; }

    /// <summary>The conversation: send it again to go on with it.</summary>
    public string? ContextId { get; init; }

    public string? TraceId { get; init; }
}
