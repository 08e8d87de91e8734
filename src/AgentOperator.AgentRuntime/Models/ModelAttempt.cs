using Microsoft.Extensions.AI;

namespace AgentOperator.AgentRuntime.Models;

/// <summary>One try at one model: what instrumentation and billing want to know of the failed ones too.</summary>
internal sealed record ModelAttempt
{
    public required string Provider { get; init; }

    public required string Model { get; init; }

    /// <summary>Null for the try that was answered, and for a model whose circuit was open.</summary>
    public ModelErrorKind? Error { get; init; }

    public int? Status { get; init; }

    /// <summary>The short reason of a failure, safe to show.</summary>
    public string? Reason { get; init; }

    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Null when the provider did not say.</summary>
    public UsageDetails? Usage { get; init; }
}
