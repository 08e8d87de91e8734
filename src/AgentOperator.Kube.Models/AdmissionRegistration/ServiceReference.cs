namespace AgentOperator.Kube.Models.AdmissionRegistration;

/// <summary>admissionregistration.k8s.io/v1 ServiceReference.</summary>
public sealed record ServiceReference
{
    public required string Namespace { get; init; }

    public required string Name { get; init; }

    public string? Path { get; init; }

    public int? Port { get; init; }
}
