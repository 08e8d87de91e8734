namespace AgentOperator.Kube.Models.Batch;

/// <summary>batch/v1 PodFailurePolicyOnExitCodesRequirement; exit code 0 never matches.</summary>
public sealed record PodFailurePolicyOnExitCodes
{
    /// <summary>Which container; any when null.</summary>
    public string? ContainerName { get; init; }

    /// <summary><c>In</c> or <c>NotIn</c>.</summary>
    public required string Operator { get; init; }

    public required IReadOnlyList<int> Values { get; init; }
}
