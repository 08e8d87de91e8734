namespace AgentOperator.Kube.Models.AdmissionRegistration;

/// <summary>admissionregistration.k8s.io/v1 WebhookClientConfig.</summary>
public sealed record WebhookClientConfig
{
    public string? Url { get; init; }

    public ServiceReference? Service { get; init; }
}
