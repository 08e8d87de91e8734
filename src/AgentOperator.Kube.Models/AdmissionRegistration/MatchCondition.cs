namespace AgentOperator.Kube.Models.AdmissionRegistration;

/// <summary>admissionregistration.k8s.io/v1 MatchCondition.</summary>
public sealed record MatchCondition
{
    public required string Name { get; init; }

    public required string Expression { get; init; }
}
