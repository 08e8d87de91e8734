using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using AgentOperator.Kube.Configuration;

namespace AgentOperator.Kube.Transport;

/// <summary>Builds the HTTP pipeline to an API server: TLS by the cluster's own CA, credentials, obedience to Retry-After.</summary>
internal static class KubeTransport
{
    public static HttpClient Create(KubeConnection connection, TimeProvider time)
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
        HttpMessageHandler handler = new RetryAfterHandler(time) { InnerHandler = sockets };
        if (connection.TokenFile is not null || connection.Token is not null)
        {
            handler = new BearerTokenHandler(connection, time) { InnerHandler = handler };
        }

        HttpClient client = new(handler)
        {
            BaseAddress = connection.Server,
            // A watch outlives any fixed limit; every request carries its own deadline.
            Timeout = Timeout.InfiniteTimeSpan,
            DefaultRequestVersion = HttpVersion.Version20,
            DefaultVersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
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
            options.CertificateChainPolicy.CustomTrustStore.ImportFromPem(authority);
        }

        if (connection.InsecureSkipTlsVerify)
        {
            options.RemoteCertificateValidationCallback = (_, _, _, _) => connection.InsecureSkipTlsVerify;
        }

        if (connection is { ClientCertificatePem: { } certificate, ClientKeyPem: { } key })
        {
            options.ClientCertificates = [X509Certificate2.CreateFromPem(certificate, key)];
        }

        return options;
    }
}
