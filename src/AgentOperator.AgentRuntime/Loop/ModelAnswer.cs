using System.Text.Json;

namespace AgentOperator.AgentRuntime.Loop;

/// <summary>An answer of the model, taken apart.</summary>
internal sealed record ModelAnswer
{
    public required JsonElement Result { get; init; }

    public string? Reasoning { get; init; }

    public double? Confidence { get; init; }

    public bool HumanReviewRequired { get; init; }

    public string? NextRole { get; init; }
}
