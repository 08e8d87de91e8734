using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using AgentOperator.Api.Runtime;

namespace AgentOperator.AgentRuntime.Reporting;

/// <summary>The operator's authenticated channel.</summary>
internal sealed class ChannelClient : IDisposable
{
    private readonly ChannelOptions _options;
    private readonly HttpClient _http;

    /// <exception cref="FormatException">The authority is no certificate.</exception>
    public ChannelClient(ChannelOptions options)
    {
        _options = options;
        SocketsHttpHandler handler = new() { AllowAutoRedirect = false, UseProxy = false, ConnectTimeout = TimeSpan.FromSeconds(10) };
        if (options.Authority is { } pem)
        {
            X509Certificate2Collection authorities = [];
            try
            {
                authorities.ImportFromPem(pem);
            }
            catch (CryptographicException error)
            {
                throw new FormatException($"{RuntimeFiles.AuthorityVariable} holds no certificate: {error.Message}", error);
            }

            X509ChainPolicy policy = new() { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            policy.CustomTrustStore.AddRange(authorities);
            handler.SslOptions.CertificateChainPolicy = policy;
        }

        _http = new HttpClient(handler) { Timeout = TimeSpan.FromSeconds(30) };
    }

    /// <summary>The options that the environment names; null when there is no channel.</summary>
    public static ChannelOptions? Read(string variable, Func<string, string?> environment, List<string> problems)
    {
        if (environment(variable) is not { Length: > 0 } text)
        {
            return null;
        }

        if (!Uri.TryCreate(text, UriKind.Absolute, out Uri? url) || url.Scheme is not ("http" or "https"))
        {
            problems.Add($"{variable} is no http or https URL");
            return null;
        }

        return new ChannelOptions
        {
            Url = url,
            TokenFile = environment(RuntimeFiles.TokenFileVariable) is { Length: > 0 } file ? file : RuntimeFiles.Token,
            Authority = environment(RuntimeFiles.AuthorityVariable) is { Length: > 0 } pem ? pem : null,
        };
    }

    /// <summary>Posts JSON.</summary>
    /// <returns>The status, and the first 500 characters of the answer.</returns>
    public async Task<(HttpStatusCode Status, string Text)> PostAsync(byte[] json, CancellationToken cancellation)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, _options.Url) { Content = new ByteArrayContent(json) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", (await File.ReadAllTextAsync(_options.TokenFile, cancellation)).Trim());
        using HttpResponseMessage response = await _http.SendAsync(request, cancellation);
        string text = await response.Content.ReadAsStringAsync(cancellation);
        return (response.StatusCode, text.Length > 500 ? text[..500] : text);
    }

    public void Dispose() => _http.Dispose();
}
