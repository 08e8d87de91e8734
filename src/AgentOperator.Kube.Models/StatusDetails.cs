namespace AgentOperator.Kube.Models;

/// <summary>Details of a failure: what it was about, and when to try again.</summary>
public sealed record StatusDetails
{
    public string? Name { get; init; }

    public string? Group { get; init; }

    public string? Kind { get; init; }

    public int? RetryAfterSeconds { get; init; }

    public IReadOnlyList<StatusCause>? Causes { get; init; }
}
