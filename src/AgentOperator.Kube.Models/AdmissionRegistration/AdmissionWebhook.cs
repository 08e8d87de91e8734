namespace AgentOperator.Kube.Models.AdmissionRegistration;

/// <summary>admissionregistration.k8s.io/v1 AdmissionWebhook, the fields that mutating and validating webhooks share.</summary>
public sealed record AdmissionWebhook
{
    public required string Name { get; init; }

    public WebhookClientConfig? ClientConfig { get; init; }

    /// <summary><c>Fail</c> or <c>Ignore</c>.</summary>
    public string? FailurePolicy { get; init; }

    public LabelSelector? NamespaceSelector { get; init; }

    public LabelSelector? ObjectSelector { get; init; }
}
