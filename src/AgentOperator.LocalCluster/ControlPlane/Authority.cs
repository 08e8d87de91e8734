using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace AgentOperator.Local.ControlPlane;

/// <summary>A certificate authority that lives as long as one start of a cluster.</summary>
internal sealed class Authority : IDisposable
{
    private const string ServerUse = "1.3.6.1.5.5.7.3.1";
    private const string ClientUse = "1.3.6.1.5.5.7.3.2";

    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(365);

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly X509Certificate2 _certificate;
    private readonly DateTimeOffset _from;

    public Authority(string name, TimeProvider time)
    {
        // Clocks in other processes may be read a little earlier.
        _from = time.GetUtcNow() - TimeSpan.FromMinutes(5);
        CertificateRequest request = new($"CN={name}", _key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        _certificate = request.CreateSelfSigned(_from, _from + Lifetime);
        Pem = _certificate.ExportCertificatePem();
    }

    public string Pem { get; }

    /// <summary>Certificate and key of the API server under every name that it is called by.</summary>
    public (string CertificatePem, string KeyPem) IssueServer() =>
        Issue("CN=kube-apiserver", ServerUse, "localhost", "kubernetes", "kubernetes.default", "kubernetes.default.svc", "kubernetes.default.svc.cluster.local");

    /// <summary>Certificate and key of the node's own server.</summary>
    public (string CertificatePem, string KeyPem) IssueKubelet(string node) => Issue($"CN=system:node:{node}, O=system:nodes", ServerUse, "localhost", node);

    /// <summary>Certificate and key by which the API server shows the node who it is.</summary>
    public (string CertificatePem, string KeyPem) IssueKubeletClient() => Issue("CN=kube-apiserver-kubelet-client, O=system:masters", ClientUse);

    /// <summary>Certificate and key of a webhook that the API server calls at 127.0.0.1.</summary>
    public (string CertificatePem, string KeyPem) IssueWebhook(string name) => Issue($"CN={name}", ServerUse, "localhost", name);

    private (string CertificatePem, string KeyPem) Issue(string subject, string use, params string[] names)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new(subject, key, HashAlgorithmName.SHA256);
        if (names.Length > 0)
        {
            SubjectAlternativeNameBuilder alternatives = new();
            alternatives.AddIpAddress(IPAddress.Loopback);
            foreach (string name in names)
            {
                alternatives.AddDnsName(name);
            }

            request.CertificateExtensions.Add(alternatives.Build());
        }

        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: false, hasPathLengthConstraint: false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(use)], critical: false));
        using X509Certificate2 certificate = request.Create(_certificate, _from, _from + Lifetime, RandomNumberGenerator.GetBytes(16));
        return (certificate.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
    }

    public void Dispose()
    {
        _certificate.Dispose();
        _key.Dispose();
    }
}
