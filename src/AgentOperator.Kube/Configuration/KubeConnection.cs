namespace AgentOperator.Kube.Configuration;

/// <summary>How to reach one API server, and as whom.</summary>
public sealed record KubeConnection
{
    /// <summary>Address of the API server, <c>https://10.0.0.1:6443</c>.</summary>
    public required Uri Server { get; init; }

    /// <summary>PEM bundle that the server's certificate must chain to; the system's store when null.</summary>
    public string? CertificateAuthorityPem { get; init; }

    /// <summary>File of <see cref="CertificateAuthorityPem"/>, which may be rotated: read again every five minutes.</summary>
    public string? CertificateAuthorityFile { get; init; }

    /// <summary>Name to verify the server's certificate against, when it differs from the host of <see cref="Server"/>.</summary>
    public string? TlsServerName { get; init; }

    /// <summary>Accepts any server certificate. Never set by the product itself.</summary>
    public bool InsecureSkipTlsVerify { get; init; }

    /// <summary>Client certificate with its intermediates, PEM.</summary>
    public string? ClientCertificatePem { get; init; }

    /// <summary>Private key of <see cref="ClientCertificatePem"/>, PEM.</summary>
    public string? ClientKeyPem { get; init; }

    /// <summary>File of <see cref="ClientCertificatePem"/>, which may be rotated: read again every five minutes.</summary>
    public string? ClientCertificateFile { get; init; }

    /// <summary>File of <see cref="ClientKeyPem"/>, which may be rotated: read again every five minutes.</summary>
    public string? ClientKeyFile { get; init; }

    /// <summary>Bearer token.</summary>
    public string? Token { get; init; }

    /// <summary>File that holds a bearer token and may be rotated: read again every minute. Wins over <see cref="Token"/>.</summary>
    public string? TokenFile { get; init; }

    /// <summary>Program that gives a token or a client certificate. Wins over the fixed ones.</summary>
    public ExecPlugin? Exec { get; init; }

    /// <summary>Name and password, when there is no token.</summary>
    public BasicLogin? Login { get; init; }

    /// <summary>On whose behalf requests are made; null for nobody else's.</summary>
    public Impersonation? Impersonate { get; init; }

    /// <summary>Proxy to the server: http, https or socks5, with name and password if it wants them; null for a direct connection.</summary>
    public Uri? Proxy { get; init; }

    /// <summary>Asks for answers as they are, which spares time on a fast network.</summary>
    public bool DisableCompression { get; init; }

    /// <summary>Namespace for requests that name none.</summary>
    public string Namespace { get; init; } = "default";

    /// <summary>Names the server and the namespace: tokens and keys must not reach a log.</summary>
    public override string ToString() => $"{Server} ({Namespace})";
}
