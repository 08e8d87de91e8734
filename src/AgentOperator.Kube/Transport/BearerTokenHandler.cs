using System.Net;
using System.Net.Http.Headers;
using AgentOperator.Kube.Configuration;

namespace AgentOperator.Kube.Transport;

/// <summary>Adds the bearer token. A token file is read again each minute, and at once after a 401: projected tokens are rotated under the running process.</summary>
internal sealed class BearerTokenHandler(KubeConnection connection, TimeProvider time) : DelegatingHandler
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private string? _token = connection.TokenFile is null ? connection.Token : null;
    private string _problem = "it is empty";
    private long _readAt;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        string token = Current();
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        HttpResponseMessage response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (response.StatusCode != HttpStatusCode.Unauthorized || connection.TokenFile is null || Refresh(token) is not { } fresh)
        {
            return response;
        }

        response.Dispose();
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", fresh);
        return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
    }

    private string Current()
    {
        if (connection.TokenFile is null)
        {
            return _token!;
        }

        lock (_gate)
        {
            if (_token is null || time.GetElapsedTime(_readAt) >= Lifetime)
            {
                Read(connection.TokenFile);
            }

            return _token ?? throw new KubeConfigException($"The token file {connection.TokenFile} gives no token: {_problem}.");
        }
    }

    private string? Refresh(string refused)
    {
        lock (_gate)
        {
            Read(connection.TokenFile!);
            return _token is not null && _token != refused ? _token : null;
        }
    }

    /// <summary>Keeps the old token when the file is empty or cannot be read for a moment, as it is during a rotation.</summary>
    private void Read(string path)
    {
        _readAt = time.GetTimestamp();
        try
        {
            if (File.ReadAllText(path).Trim() is { Length: > 0 } token)
            {
                _token = token;
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            _problem = error.Message;
        }
    }
}
