namespace AgentOperator.Kube.Models;

/// <summary>One cause of a failure, often one field.</summary>
public sealed record StatusCause
{
    public string? Reason { get; init; }

    public string? Message { get; init; }

    public string? Field { get; init; }
}
