using System.Net;
using System.Net.Http.Headers;
using AgentOperator.Kube.Credentials;

namespace AgentOperator.Kube.Transport;

/// <summary>Says who asks. A credential that is refused is looked up again at once, and the request repeated if there is another one by then: tokens are rotated under the running process.</summary>
internal sealed class AuthenticationHandler(ICredentialSource source) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        AuthenticationHeaderValue? credential = await source.CurrentAsync(cancellationToken).ConfigureAwait(false);
        request.Headers.Authorization = credential;
        HttpResponseMessage response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (response.StatusCode != HttpStatusCode.Unauthorized || await source.RefreshAsync(credential, cancellationToken).ConfigureAwait(false) is not { } fresh)
        {
            return response;
        }

        response.Dispose();
        request.Headers.Authorization = fresh;
        return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
    }
}
