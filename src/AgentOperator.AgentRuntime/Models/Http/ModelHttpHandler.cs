using System.Net.Http.Headers;
using System.Text;

namespace AgentOperator.AgentRuntime.Models.Http;

/// <summary>Stands between a provider's SDK and the network, the same for all of them: failures become <see cref="ModelException"/> before an SDK can print a header or
/// a body, Retry-After is read, and no answer is longer than <see cref="MaxAnswerBytes"/>.</summary>
internal sealed class ModelHttpHandler(HttpMessageHandler inner, ModelEndpoint endpoint, TimeProvider time) : DelegatingHandler(inner)
{
    public const long MaxAnswerBytes = 32 * 1024 * 1024;

    private const int MaxErrorBytes = 64 * 1024;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        HttpResponseMessage response;
        try
        {
            response = await base.SendAsync(request, cancellationToken);
        }
        catch (HttpRequestException error)
        {
            throw new ModelException(ModelErrorKind.Network, $"{request.RequestUri!.Authority} was not reached ({error.HttpRequestError})");
        }

        if (response.IsSuccessStatusCode)
        {
            Stream body = await response.Content.ReadAsStreamAsync(cancellationToken);
            StreamContent bounded = new(new AnswerStream(body, MaxAnswerBytes));
            foreach ((string name, IEnumerable<string> values) in response.Content.Headers)
            {
                bounded.Headers.TryAddWithoutValidation(name, values);
            }

            response.Content = bounded;
            return response;
        }

        using (response)
        {
            string body = await ReadErrorAsync(response, cancellationToken);
            string? sent = request.Content is null ? null : await request.Content.ReadAsStringAsync(cancellationToken);
            string message = ErrorText.Of(body, endpoint.ApiKey, sent, endpoint.Name);
            int status = (int)response.StatusCode;
            throw new ModelException(ErrorKinds.Of(status, ErrorText.Code(body), message), message) { Status = status, RetryAfter = RetryAfter(response.Headers) };
        }
    }

    private static async Task<string> ReadErrorAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        byte[] buffer = new byte[MaxErrorBytes];
        try
        {
            await using Stream body = await response.Content.ReadAsStreamAsync(cancellation);
            int read = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellation);
            return Encoding.UTF8.GetString(buffer, 0, read);
        }
        catch (Exception error) when (error is IOException or HttpRequestException)
        {
            return "";
        }
    }

    /// <summary>Seconds, a date, or milliseconds as OpenAI and Anthropic also send them.</summary>
    private TimeSpan? RetryAfter(HttpResponseHeaders headers)
    {
        if (headers.TryGetValues("retry-after-ms", out IEnumerable<string>? values) && double.TryParse(values.First(), System.Globalization.CultureInfo.InvariantCulture, out double milliseconds) && milliseconds is >= 0 and < 1e9)
        {
            return TimeSpan.FromMilliseconds(milliseconds);
        }

        TimeSpan? wait = headers.RetryAfter is not { } after ? null : after.Delta ?? after.Date - time.GetUtcNow();
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }
}
