using System.Net.Http.Headers;
using AgentOperator.Kube.Configuration;

namespace AgentOperator.Kube.Credentials;

/// <summary>A bearer token in a file, read again each minute, and at once after a 401: projected tokens are rotated.</summary>
internal sealed class TokenFileCredentials(string path, TimeProvider time) : ICredentialSource
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private AuthenticationHeaderValue? _token;
    private string _problem = "it is empty";
    private long _readAt;

    public ValueTask<AuthenticationHeaderValue?> CurrentAsync(CancellationToken cancellation)
    {
        lock (_gate)
        {
            if (_token is null || time.GetElapsedTime(_readAt) >= Lifetime)
            {
                Read();
            }

            return new(_token ?? throw new KubeConfigException($"The token file {path} gives no token: {_problem}."));
        }
    }

    public ValueTask<AuthenticationHeaderValue?> RefreshAsync(AuthenticationHeaderValue? refused, CancellationToken cancellation)
    {
        lock (_gate)
        {
            Read();
            return new(_token is not null && !_token.Equals(refused) ? _token : null);
        }
    }

    /// <summary>Keeps the old token when the file is empty or cannot be read for a moment, as it is during a rotation.</summary>
    private void Read()
    {
        _readAt = time.GetTimestamp();
        try
        {
            if (File.ReadAllText(path).Trim() is { Length: > 0 } token)
            {
                _token = new AuthenticationHeaderValue("Bearer", token);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            _problem = error.Message;
        }
    }
}
