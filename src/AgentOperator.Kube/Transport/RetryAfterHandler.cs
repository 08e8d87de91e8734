using System.Net;
using System.Net.Http.Headers;

namespace AgentOperator.Kube.Transport;

/// <summary>Repeats a request that the server put off with <c>Retry-After</c> (429 of flow control, 503 at shutdown), at most ten times.</summary>
internal sealed class RetryAfterHandler(TimeProvider time) : DelegatingHandler
{
    private const int MaxRetries = 10;

    private static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(30);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        for (int retry = 0; ; retry++)
        {
            HttpResponseMessage response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
            if (retry == MaxRetries || Delay(response) is not { } delay)
            {
                return response;
            }

            response.Dispose();
            await Task.Delay(delay, time, cancellationToken).ConfigureAwait(false);
        }
    }

    private TimeSpan? Delay(HttpResponseMessage response)
    {
        if (response.Headers.RetryAfter is not { } header || (response.StatusCode != HttpStatusCode.TooManyRequests && (int)response.StatusCode < 500))
        {
            return null;
        }

        TimeSpan delay = header switch
        {
            RetryConditionHeaderValue { Delta: { } delta } => delta,
            RetryConditionHeaderValue { Date: { } date } => date - time.GetUtcNow(),
            _ => TimeSpan.Zero,
        };
        return delay < TimeSpan.Zero ? TimeSpan.Zero : delay > MaxWait ? MaxWait : delay;
    }
}
