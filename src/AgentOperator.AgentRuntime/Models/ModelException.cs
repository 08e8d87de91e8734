using Microsoft.Extensions.AI;

namespace AgentOperator.AgentRuntime.Models;

/// <summary>A call to one model failed. The message is safe to show and to log: keys and the request's own text are taken out, and there is no inner exception that could hold them.</summary>
internal sealed class ModelException(ModelErrorKind kind, string message) : Exception(message)
{
    public ModelErrorKind Kind { get; } = kind;

    /// <summary>The HTTP status, when there was an answer.</summary>
    public int? Status { get; init; }

    /// <summary>How long the provider asks to be left alone.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>What was used before the failure, when the provider said so.</summary>
    public UsageDetails? Usage { get; init; }

    /// <summary>Whether the same call may succeed a little later.</summary>
    public bool IsTransient => Kind is ModelErrorKind.RateLimited or ModelErrorKind.Overloaded or ModelErrorKind.Timeout or ModelErrorKind.Network or ModelErrorKind.CutStream;
}
