using AgentOperator.Kube.Configuration;
using AgentOperator.Kube.Credentials;

namespace AgentOperator.Kube.Transport;

/// <summary>Whom to trust and what to present, PEM.</summary>
internal sealed record TlsMaterial(string? Authority, string? Certificate, string? Key)
{
    public static TlsMaterial Of(KubeConnection connection) => new(connection.CertificateAuthorityPem, connection.ClientCertificatePem, connection.ClientKeyPem);

    public TlsMaterial With(ExecCredentialStatus? plugin) =>
        plugin?.ClientCertificateData is null ? this : this with { Certificate = plugin.ClientCertificateData, Key = plugin.ClientKeyData };

    /// <summary>As the files are now; null when one of them cannot be read, as in the middle of a rotation.</summary>
    public static TlsMaterial? Read(KubeConnection connection)
    {
        try
        {
            return new TlsMaterial(
                Read(connection.CertificateAuthorityFile, connection.CertificateAuthorityPem),
                Read(connection.ClientCertificateFile, connection.ClientCertificatePem),
                Read(connection.ClientKeyFile, connection.ClientKeyPem));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static string? Read(string? file, string? text) => file is null ? text : File.ReadAllText(file);
}
