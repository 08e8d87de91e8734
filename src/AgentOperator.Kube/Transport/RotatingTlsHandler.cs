using System.Security.Authentication;
using AgentOperator.Kube.Configuration;
using AgentOperator.Kube.Credentials;

namespace AgentOperator.Kube.Transport;

/// <summary>Sends over connections made with the authority and the client certificate of now. Files are read again every five minutes, and after a handshake that failed;
/// when they have changed, new requests take new connections. Those under way, watches too, end as they began.</summary>
internal sealed class RotatingTlsHandler : HttpMessageHandler
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    private readonly KubeConnection _connection;
    private readonly TimeProvider _time;
    private readonly ExecCredentials? _plugin;
    private readonly Lock _gate = new();
    private readonly bool _hasFiles;
    private TlsMaterial _files;
    private TlsMaterial _material;
    private HttpMessageInvoker _invoker;
    private HttpMessageInvoker? _retired;
    private long _readAt;

    /// <exception cref="KubeConfigException">A certificate or the key cannot be used.</exception>
    public RotatingTlsHandler(KubeConnection connection, TimeProvider time, ExecCredentials? plugin)
    {
        _connection = connection;
        _time = time;
        _plugin = plugin;
        _hasFiles = (connection.CertificateAuthorityFile ?? connection.ClientCertificateFile ?? connection.ClientKeyFile) is not null;
        _files = _material = TlsMaterial.Of(connection);
        _invoker = new HttpMessageInvoker(SocketsHandler.Create(connection, _material));
        _readAt = time.GetTimestamp();
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ExecCredentialStatus? status = _plugin is null ? null : await _plugin.StatusAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await Current(status, isDue: false).SendAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (HttpRequestException error) when (error.InnerException is AuthenticationException)
        {
            Current(status, isDue: true);
            throw;
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _retired?.Dispose();
            _invoker.Dispose();
            _plugin?.Dispose();
        }

        base.Dispose(disposing);
    }

    private HttpMessageInvoker Current(ExecCredentialStatus? status, bool isDue)
    {
        lock (_gate)
        {
            if (_hasFiles && (isDue || _time.GetElapsedTime(_readAt) >= Lifetime))
            {
                _readAt = _time.GetTimestamp();
                _files = TlsMaterial.Read(_connection) ?? _files;
            }

            TlsMaterial wanted = _files.With(status);
            if (wanted != _material)
            {
                Replace(wanted);
            }

            return _invoker;
        }
    }

    /// <summary>What cannot be used, such as a certificate whose key has not been written yet, is left for the next time.</summary>
    private void Replace(TlsMaterial wanted)
    {
        HttpMessageInvoker fresh;
        try
        {
            fresh = new HttpMessageInvoker(SocketsHandler.Create(_connection, wanted));
        }
        catch (KubeConfigException) when (wanted == _files)
        {
            _files = _material;
            return;
        }

        // Somebody may be about to send on the handler that goes: it is disposed one rotation later.
        _retired?.Dispose();
        (_retired, _invoker, _material) = (_invoker, fresh, wanted);
    }
}
