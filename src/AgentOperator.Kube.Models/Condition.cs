namespace AgentOperator.Kube.Models;

/// <summary>metav1.Condition. <see cref="LastTransitionTime"/> moves only when <see cref="Status"/> flips.</summary>
public sealed record Condition
{
    public required string Type { get; init; }

    /// <summary><c>True</c>, <c>False</c> or <c>Unknown</c>.</summary>
    public required string Status { get; init; }

    /// <summary>PascalCase, 1 to 1024 characters.</summary>
    public required string Reason { get; init; }

    public string Message { get => field ?? ""; init; }

    public Time? LastTransitionTime { get; init; }

    public long? ObservedGeneration { get; init; }
}
