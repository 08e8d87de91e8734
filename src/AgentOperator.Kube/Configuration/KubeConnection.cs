namespace AgentOperator.Kube.Configuration;

/// <summary>How to reach one API server, and as whom.</summary>
public sealed record KubeConnection
{
    /// <summary>Address of the API server, <c>https://10.0.0.1:6443</c>.</summary>
    public required Uri Server { get; init; }

    /// <summary>PEM bundle that the server's certificate must chain to; the system's store when null.</summary>
    public string? CertificateAuthorityPem { get; init; }

    /// <summary>Name to verify the server's certificate against, when it differs from the host of <see cref="Server"/>.</summary>
    public string? TlsServerName { get; init; }

    /// <summary>Accepts any server certificate. Never set by the product itself.</summary>
    public bool InsecureSkipTlsVerify { get; init; }

    /// <summary>Client certificate with its intermediates, PEM.</summary>
    public string? ClientCertificatePem { get; init; }

    /// <summary>Private key of <see cref="ClientCertificatePem"/>, PEM.</summary>
    public string? ClientKeyPem { get; init; }

    /// <summary>Bearer token.</summary>
    public string? Token { get; init; }

    /// <summary>File that holds a bearer token and may be rotated: read again every minute. Wins over <see cref="Token"/>.</summary>
    public string? TokenFile { get; init; }

    /// <summary>Namespace for requests that name none.</summary>
    public string Namespace { get; init; } = "default";

    /// <summary>Names the server and the namespace: tokens and keys must not reach a log.</summary>
    public override string ToString() => $"{Server} ({Namespace})";
}
