using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using AgentOperator.Kube.Configuration;

namespace AgentOperator.Kube.Transport;

/// <summary>Builds the HTTP pipeline to an API server: TLS by the cluster's own CA, credentials, obedience to Retry-After.</summary>
internal static class KubeTransport
{
    public static HttpClient Create(KubeConnection connection, TimeProvider time, Func<bool>? mayWrite = null)
    {
        SocketsHttpHandler sockets = new()
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.GZip,
            ConnectTimeout = TimeSpan.FromSeconds(30),
            EnableMultipleHttp2Connections = true,
            KeepAlivePingDelay = TimeSpan.FromSeconds(30),
            KeepAlivePingTimeout = TimeSpan.FromSeconds(15),
            KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests,
            PooledConnectionLifetime = TimeSpan.FromMinutes(10),
            UseProxy = false,
            SslOptions = TlsOptions(connection),
        };
        HttpMessageHandler handler = new RequestCountHandler { InnerHandler = sockets };
        if (connection.TokenFile is not null || connection.Token is not null)
        {
            // Inside of the retries: a token may be rotated while a request is put off.
            handler = new BearerTokenHandler(connection, time) { InnerHandler = handler };
        }

        if (mayWrite is not null)
        {
            handler = new WriteGateHandler(mayWrite) { InnerHandler = handler };
        }

        HttpClient client = new(new RetryAfterHandler(time) { InnerHandler = handler })
        {
            // Without the slash the last segment of a path, as gateways to many clusters have it, would be replaced.
            BaseAddress = connection.Server.AbsoluteUri.EndsWith('/') ? connection.Server : new Uri(connection.Server.AbsoluteUri + "/"),
            // A watch outlives any fixed limit; every request carries its own deadline.
            Timeout = Timeout.InfiniteTimeSpan,
        };
        client.DefaultRequestHeaders.UserAgent.ParseAdd("agent-operator/0.1");

        // SslOptions.TargetHost is overwritten by the pool; the Host header steers both SNI and the name check.
        client.DefaultRequestHeaders.Host = connection.TlsServerName;
        return client;
    }

    private static SslClientAuthenticationOptions TlsOptions(KubeConnection connection)
    {
        SslClientAuthenticationOptions options = new();
        if (connection.CertificateAuthorityPem is { } authority)
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

        if (connection is { ClientCertificatePem: { } certificate, ClientKeyPem: { } key })
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
        catch (CryptographicException error)
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
