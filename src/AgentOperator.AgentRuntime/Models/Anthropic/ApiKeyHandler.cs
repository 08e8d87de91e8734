namespace AgentOperator.AgentRuntime.Models.Anthropic;

/// <summary>The package (13.10) sends a key as a bearer token; the Messages API's documented header for keys is <c>x-api-key</c> (docs.anthropic.com/en/api/overview).</summary>
internal sealed class ApiKeyHandler(HttpMessageHandler inner, string? apiKey) : DelegatingHandler(inner)
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Headers.Authorization = null;
        request.Headers.Remove("x-api-key");
        if (!string.IsNullOrEmpty(apiKey))
        {
            request.Headers.Add("x-api-key", apiKey);
        }

        return base.SendAsync(request, cancellationToken);
    }
}
