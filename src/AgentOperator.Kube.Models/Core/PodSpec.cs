namespace AgentOperator.Kube.Models.Core;

/// <summary>v1 PodSpec, the fields that the product writes or reads.</summary>
public sealed record PodSpec
{
    public IReadOnlyList<Container> Containers { get => field ?? []; init; }

    /// <summary><c>Always</c>, <c>OnFailure</c> or <c>Never</c>.</summary>
    public string? RestartPolicy { get; init; }

    public long? TerminationGracePeriodSeconds { get; init; }

    public long? ActiveDeadlineSeconds { get; init; }

    public string? DnsPolicy { get; init; }

    public string? ServiceAccountName { get; init; }

    public bool? AutomountServiceAccountToken { get; init; }

    public bool? EnableServiceLinks { get; init; }

    public string? NodeName { get; init; }

    public PodSecurityContext? SecurityContext { get; init; }

    public string? SchedulerName { get; init; }
}
