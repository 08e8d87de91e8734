using AgentOperator.Api.Schema;
using AgentOperator.Kube.Models;

namespace AgentOperator.Api.Workflows;

/// <summary>Takes over the outputs of an earlier success of the same work with the same inputs, of any run in the namespace. What a step does beside its outputs is not done again.</summary>
public sealed record Memoization
{
    /// <summary>How old that success may be, <c>24h</c>.</summary>
    [CelRule("duration(self) >= duration('1s')", "memoize.maxAge must be at least 1s")]
    public required Duration MaxAge { get; init; }

    /// <summary>What else must be the same, such as a digest of files. <c>{{ }}</c> is replaced.</summary>
    [Bounds(1, 1024)]
    public string? Key { get; init; }
}
