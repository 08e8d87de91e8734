using System.ComponentModel;
using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using AgentOperator.Kube.Configuration;

namespace AgentOperator.Kube.Credentials;

/// <summary>Credentials from a plugin: kept until they expire or the server refuses them; the plugin runs once at a time.</summary>
internal sealed class ExecCredentials(KubeConnection connection, ExecPlugin plugin, TimeProvider time) : ICredentialSource, IDisposable
{
    private static readonly TimeSpan Leeway = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim _one = new(1);
    private ExecCredentialStatus? _status;

    public async ValueTask<AuthenticationHeaderValue?> CurrentAsync(CancellationToken cancellation) => Header(await StatusAsync(cancellation).ConfigureAwait(false));

    public async ValueTask<AuthenticationHeaderValue?> RefreshAsync(AuthenticationHeaderValue? refused, CancellationToken cancellation)
    {
        await _one.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            if (Equals(Header(_status), refused))
            {
                _status = await RunAsync(cancellation).ConfigureAwait(false);
            }

            return Equals(Header(_status), refused) ? null : Header(_status);
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>Token and client certificate as they are to be used now.</summary>
    public async ValueTask<ExecCredentialStatus> StatusAsync(CancellationToken cancellation)
    {
        if (Good() is { } known)
        {
            return known;
        }

        await _one.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            return Good() ?? (_status = await RunAsync(cancellation).ConfigureAwait(false));
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    private ExecCredentialStatus? Good() => Volatile.Read(ref _status) is { } status && (status.ExpirationTimestamp is not { } end || time.GetUtcNow() + Leeway < end) ? status : null;

    private static AuthenticationHeaderValue? Header(ExecCredentialStatus? status) => status?.Token is { Length: > 0 } token ? new AuthenticationHeaderValue("Bearer", token) : null;

    private async Task<ExecCredentialStatus> RunAsync(CancellationToken cancellation)
    {
        ProcessStartInfo start = new(plugin.Command, plugin.Arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach ((string name, string value) in plugin.Environment)
        {
            start.Environment[name] = value;
        }

        start.Environment["KUBERNETES_EXEC_INFO"] = JsonSerializer.Serialize(Question(), ExecCredentialContext.Default.ExecCredential);
        using Process process = Start(start);
        try
        {
            process.StandardInput.Close();
            Task<string> complaint = process.StandardError.ReadToEndAsync(cancellation);
            string answer = await process.StandardOutput.ReadToEndAsync(cancellation).ConfigureAwait(false);
            await process.WaitForExitAsync(cancellation).ConfigureAwait(false);
            return process.ExitCode == 0
                ? Read(answer)
                : throw Failed($"ended with {process.ExitCode}: {(await complaint.ConfigureAwait(false)).Trim()}");
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    private Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception error)
        {
            throw new KubeConfigException($"The credential plugin {plugin.Command} cannot be run: {error.Message}. {plugin.InstallHint}".Trim(), error);
        }
    }

    private ExecCredential Question() => new()
    {
        ApiVersion = plugin.ApiVersion,
        Kind = "ExecCredential",
        Spec = new ExecCredentialSpec { Cluster = plugin.ProvideClusterInfo ? Cluster() : null },
    };

    private ExecCluster Cluster() => new()
    {
        Server = connection.Server.OriginalString,
        TlsServerName = connection.TlsServerName,
        InsecureSkipTlsVerify = connection.InsecureSkipTlsVerify,
        CertificateAuthorityData = connection.CertificateAuthorityPem is { } pem ? Encoding.UTF8.GetBytes(pem) : null,
        ProxyUrl = connection.Proxy?.OriginalString,
        DisableCompression = connection.DisableCompression,
        Config = plugin.ClusterConfig is { } config ? JsonElement.Parse(config) : null,
    };

    private ExecCredentialStatus Read(string answer)
    {
        ExecCredential? credential;
        try
        {
            credential = JsonSerializer.Deserialize(answer, ExecCredentialContext.Default.ExecCredential);
        }
        catch (JsonException error)
        {
            // The answer itself may hold a secret.
            throw Failed($"answered no ExecCredential in JSON (line {error.LineNumber}).");
        }

        ExecCredentialStatus status = credential?.Status ?? throw Failed("answered no status.");
        return credential.ApiVersion != plugin.ApiVersion ? throw Failed($"answered {credential.ApiVersion}, not {plugin.ApiVersion}.")
            : (status.ClientCertificateData is null) != (status.ClientKeyData is null) ? throw Failed("answered only one of clientCertificateData and clientKeyData.")
            : string.IsNullOrEmpty(status.Token) && status.ClientCertificateData is null ? throw Failed("answered neither a token nor a certificate.")
            : status;
    }

    private KubeConfigException Failed(string what) => new($"The credential plugin {plugin.Command} {what}");
}
