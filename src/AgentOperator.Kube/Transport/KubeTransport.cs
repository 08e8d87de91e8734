using AgentOperator.Kube.Configuration;
using AgentOperator.Kube.Credentials;

namespace AgentOperator.Kube.Transport;

/// <summary>Builds the HTTP pipeline to an API server, from the outside in: obedience to Retry-After, the write gate, warnings, who asks, counting, TLS.</summary>
internal static class KubeTransport
{
    /// <exception cref="KubeConfigException">A certificate or the key cannot be used.</exception>
    public static HttpClient Create(KubeConnection connection, TimeProvider time, KubeClientOptions options)
    {
        ExecCredentials? plugin = connection.Exec is { } exec ? new ExecCredentials(connection, exec, time) : null;
        HttpMessageHandler handler = new RequestCountHandler { InnerHandler = new RotatingTlsHandler(connection, time, plugin) };
        if ((plugin ?? CredentialsOf(connection, time)) is { } credentials)
        {
            // Inside of the retries: a token may be rotated while a request is put off.
            handler = new AuthenticationHandler(credentials) { InnerHandler = handler };
        }

        if (options.OnWarning is { } onWarning)
        {
            handler = new WarningHandler(onWarning) { InnerHandler = handler };
        }

        if (options.MayWrite is { } mayWrite)
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
        client.DefaultRequestHeaders.UserAgent.ParseAdd(options.UserAgent);

        // SslOptions.TargetHost is overwritten by the pool; the Host header steers both SNI and the name check.
        client.DefaultRequestHeaders.Host = connection.TlsServerName;
        if (connection.Impersonate is { } other)
        {
            Impersonate(client, other);
        }

        return client;
    }

    private static ICredentialSource? CredentialsOf(KubeConnection connection, TimeProvider time) =>
        connection.TokenFile is { } file ? new TokenFileCredentials(file, time)
        : connection.Token is { } token ? FixedCredentials.Bearer(token)
        : connection.Login is { } login ? FixedCredentials.Basic(login)
        : null;

    private static void Impersonate(HttpClient client, Impersonation other)
    {
        if (other.Groups.Count > 1 || other.Extra.Values.Any(static values => values.Count > 1))
        {
            // .NET joins the values of a header by commas, which the server would take for one group.
            throw new KubeConfigException("Impersonating several groups, or several values of one extra, is not supported: name one.");
        }

        client.DefaultRequestHeaders.Add("Impersonate-User", other.User);
        if (other.Uid is { } uid)
        {
            client.DefaultRequestHeaders.Add("Impersonate-Uid", uid);
        }

        foreach (string group in other.Groups)
        {
            client.DefaultRequestHeaders.TryAddWithoutValidation("Impersonate-Group", group);
        }

        foreach ((string name, IReadOnlyList<string> values) in other.Extra)
        {
            client.DefaultRequestHeaders.TryAddWithoutValidation("Impersonate-Extra-" + Uri.EscapeDataString(name), values);
        }
    }
}
