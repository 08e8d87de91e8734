using System.Net.Http.Headers;
using System.Text;
using AgentOperator.Kube.Configuration;

namespace AgentOperator.Kube.Credentials;

/// <summary>A token, or a name with its password, that stays as it is.</summary>
internal sealed class FixedCredentials(AuthenticationHeaderValue value) : ICredentialSource
{
    public static FixedCredentials Bearer(string token) => new(new AuthenticationHeaderValue("Bearer", token));

    public static FixedCredentials Basic(BasicLogin login) => new(new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{login.Name}:{login.Password}"))));

    public ValueTask<AuthenticationHeaderValue?> CurrentAsync(CancellationToken cancellation) => new(value);

    public ValueTask<AuthenticationHeaderValue?> RefreshAsync(AuthenticationHeaderValue? refused, CancellationToken cancellation) => default;
}
