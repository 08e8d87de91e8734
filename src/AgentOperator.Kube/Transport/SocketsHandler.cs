using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using AgentOperator.Kube.Configuration;

namespace AgentOperator.Kube.Transport;

/// <summary>Connections to an API server: TLS by the cluster's own authority, HTTP/2, no cookies, no redirects, a proxy only where the connection names one.</summary>
internal static class SocketsHandler
{
    /// <exception cref="KubeConfigException">A certificate or the key cannot be used.</exception>
    public static SocketsHttpHandler Create(KubeConnection connection, TlsMaterial material) => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        AutomaticDecompression = connection.DisableCompression ? DecompressionMethods.None : DecompressionMethods.GZip,
        ConnectTimeout = TimeSpan.FromSeconds(30),
        EnableMultipleHttp2Connections = true,
        KeepAlivePingDelay = TimeSpan.FromSeconds(30),
        KeepAlivePingTimeout = TimeSpan.FromSeconds(15),
        KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests,
        PooledConnectionLifetime = TimeSpan.FromMinutes(10),
        UseProxy = connection.Proxy is not null,
        Proxy = connection.Proxy is { } proxy ? ProxyOf(proxy) : null,
        SslOptions = TlsOptions(connection, material),
    };

    private static WebProxy ProxyOf(Uri address)
    {
        string[] login = address.UserInfo.Split(':', 2);
        return new WebProxy(address) { Credentials = address.UserInfo.Length == 0 ? null : new NetworkCredential(Uri.UnescapeDataString(login[0]), Uri.UnescapeDataString(login.ElementAtOrDefault(1) ?? "")) };
    }

    private static SslClientAuthenticationOptions TlsOptions(KubeConnection connection, TlsMaterial material)
    {
        SslClientAuthenticationOptions options = new();
        if (material.Authority is { } authority)
        {
            // A chain policy keeps the runtime's host name check, which a validation callback would have to repeat.
            options.CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                RevocationMode = X509RevocationMode.NoCheck,
            };
            options.CertificateChainPolicy.CustomTrustStore.AddRange(Certificates(authority, "certificate authority"));
        }

        if (connection.InsecureSkipTlsVerify)
        {
            options.RemoteCertificateValidationCallback = (_, _, _, _) => connection.InsecureSkipTlsVerify;
        }

        if (material is { Certificate: { } certificate, Key: { } key })
        {
            options.ClientCertificateContext = ClientCertificate(certificate, key);
        }

        return options;
    }

    /// <summary>A context, not a collection: that one would leave out the intermediates, and the certificate itself when the server does not name its issuer.</summary>
    private static SslStreamCertificateContext ClientCertificate(string certificate, string key)
    {
        X509Certificate2Collection chain = Certificates(certificate, "client certificate");
        try
        {
            X509Certificate2 own = X509Certificate2.CreateFromPem(certificate, key);
            chain.RemoveAt(0);
            return SslStreamCertificateContext.Create(own, chain, offline: true);
        }
        catch (Exception error) when (error is CryptographicException or ArgumentException)
        {
            throw new KubeConfigException($"The key of the client certificate cannot be used: {error.Message}", error);
        }
    }

    private static X509Certificate2Collection Certificates(string pem, string what)
    {
        X509Certificate2Collection certificates = [];
        try
        {
            certificates.ImportFromPem(pem);
        }
        catch (CryptographicException error)
        {
            throw new KubeConfigException($"The {what} is no certificate in PEM form: {error.Message}", error);
        }

        return certificates.Count > 0 ? certificates : throw new KubeConfigException($"The {what} is no certificate in PEM form.");
    }
}
