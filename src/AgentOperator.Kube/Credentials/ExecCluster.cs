using System.Text.Json;
using System.Text.Json.Serialization;

namespace AgentOperator.Kube.Credentials;

/// <summary>The cluster that credentials are for.</summary>
internal sealed record ExecCluster
{
    public required string Server { get; init; }

    [JsonPropertyName("tls-server-name")]
    public string? TlsServerName { get; init; }

    [JsonPropertyName("insecure-skip-tls-verify")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool InsecureSkipTlsVerify { get; init; }

    /// <summary>PEM in base64.</summary>
    [JsonPropertyName("certificate-authority-data")]
    public byte[]? CertificateAuthorityData { get; init; }

    [JsonPropertyName("proxy-url")]
    public string? ProxyUrl { get; init; }

    [JsonPropertyName("disable-compression")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool DisableCompression { get; init; }

    public JsonElement? Config { get; init; }
}
