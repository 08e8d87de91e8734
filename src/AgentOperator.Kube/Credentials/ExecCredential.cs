namespace AgentOperator.Kube.Credentials;

/// <summary>client.authentication.k8s.io ExecCredential: what a plugin is told and what it answers.</summary>
internal sealed record ExecCredential
{
    public string? ApiVersion { get; init; }

    public string? Kind { get; init; }

    public ExecCredentialSpec? Spec { get; init; }

    public ExecCredentialStatus? Status { get; init; }
}
