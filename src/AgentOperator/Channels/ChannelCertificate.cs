using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace AgentOperator.Channels;

/// <summary>This process's certificate: issued in memory, and anew when a third of its time is left.</summary>
internal sealed class ChannelCertificate(X509Certificate2 authority, IReadOnlyList<string> hosts, TimeProvider time) : IDisposable
{
    /// <summary>How far clocks of pods may be behind.</summary>
    public static readonly TimeSpan ClockSkew = TimeSpan.FromHours(1);

    private static readonly TimeSpan Validity = TimeSpan.FromDays(90);

    private readonly Lock _gate = new();
    private X509Certificate2? _current;
    private DateTimeOffset _renewAt;

    /// <summary>The certificate to show now.</summary>
    public X509Certificate2 Current()
    {
        lock (_gate)
        {
            if (_current is null || time.GetUtcNow() >= _renewAt)
            {
                // Connections that are under way hold the old one: it is left to the garbage collector.
                _current = Issue();
                _renewAt = time.GetUtcNow() + (Validity * (2.0 / 3));
            }

            return _current;
        }
    }

    public void Dispose()
    {
        _current?.Dispose();
        authority.Dispose();
    }

    private X509Certificate2 Issue()
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new("CN=agent-operator", key, HashAlgorithmName.SHA256);
        SubjectAlternativeNameBuilder names = new();
        foreach (string host in hosts)
        {
            if (IPAddress.TryParse(host, out IPAddress? address))
            {
                names.AddIpAddress(address);
            }
            else
            {
                names.AddDnsName(host);
            }
        }

        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: false, hasPathLengthConstraint: false, pathLengthConstraint: 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], critical: false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(authority, includeKeyIdentifier: true, includeIssuerAndSerial: false));
        DateTimeOffset now = time.GetUtcNow();
        DateTimeOffset end = now + Validity;
        DateTimeOffset last = new(authority.NotAfter);
        using X509Certificate2 issued = request.Create(authority, now - ClockSkew, end < last ? end : last, RandomNumberGenerator.GetBytes(16));
        return issued.CopyWithPrivateKey(key);
    }
}
