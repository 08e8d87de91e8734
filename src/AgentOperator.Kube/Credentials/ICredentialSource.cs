using System.Net.Http.Headers;

namespace AgentOperator.Kube.Credentials;

/// <summary>Where the <c>Authorization</c> of a request comes from.</summary>
internal interface ICredentialSource
{
    /// <summary>What to send now; null for nothing, as with a client certificate alone.</summary>
    /// <exception cref="Configuration.KubeConfigException">There is none.</exception>
    ValueTask<AuthenticationHeaderValue?> CurrentAsync(CancellationToken cancellation);

    /// <summary>Another one than that which the server refused; null when there is none.</summary>
    ValueTask<AuthenticationHeaderValue?> RefreshAsync(AuthenticationHeaderValue? refused, CancellationToken cancellation);
}
