using System.Globalization;
using AgentOperator.Kube.Metrics;

namespace AgentOperator.Kube.Transport;

/// <summary>Counts every request that goes out, whatever becomes of it.</summary>
internal sealed class RequestCountHandler : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        string code = RequestMetrics.NoAnswer;
        try
        {
            HttpResponseMessage response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
            code = ((int)response.StatusCode).ToString(CultureInfo.InvariantCulture);
            return response;
        }
        finally
        {
            RequestMetrics.Count(code, request.Method.Method, request.RequestUri!.Authority);
        }
    }
}
