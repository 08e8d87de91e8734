namespace AgentOperator.Kube.Credentials;

/// <summary>What the plugin answers.</summary>
internal sealed record ExecCredentialStatus
{
    public string? Token { get; init; }

    public string? ClientCertificateData { get; init; }

    public string? ClientKeyData { get; init; }

    /// <summary>Null: good until it is refused.</summary>
    public DateTimeOffset? ExpirationTimestamp { get; init; }
}
