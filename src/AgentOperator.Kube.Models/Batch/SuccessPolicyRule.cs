namespace AgentOperator.Kube.Models.Batch;

/// <summary>batch/v1 SuccessPolicyRule: either or both must hold.</summary>
public sealed record SuccessPolicyRule
{
    /// <summary>Such as <c>1,3-5,7</c>.</summary>
    public string? SucceededIndexes { get; init; }

    public int? SucceededCount { get; init; }
}
