using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using AgentOperator.Kube.Configuration;

namespace AgentOperator.EndToEnd.Faults;

/// <summary>Both ends of a proxy before the API server: trust in the server, and a certificate of its own.</summary>
internal static class ProxyTls
{
    /// <summary>Reaches the API server, without credentials of its own and without an end of its own patience.</summary>
    public static HttpClient Upstream(KubeConnection target)
    {
        X509ChainPolicy trust = new() { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        trust.CustomTrustStore.ImportFromPem(target.CertificateAuthorityPem);
        return new HttpClient(new SocketsHttpHandler { UseProxy = false, SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = trust } })
        {
            BaseAddress = target.Server,
            Timeout = Timeout.InfiniteTimeSpan,
        };
    }

    /// <summary>For the loopback address, signed by itself.</summary>
    public static X509Certificate2 Certificate()
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new("CN=proxy of a test", key, HashAlgorithmName.SHA256);
        SubjectAlternativeNameBuilder names = new();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        return request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
    }
}
