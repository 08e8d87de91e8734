using System.Net.Http.Headers;

namespace AgentOperator.Bench.Runtime;

/// <summary>Callers who ask again as soon as they have their answer.</summary>
internal static class Load
{
    private const int Callers = 50;
    private const int WarmUp = 10_000;
    private const int Requests = 20_000;

    /// <summary>The time of each request in milliseconds, sorted.</summary>
    public static async Task<double[]> RunAsync(Uri url, byte[] body, CancellationToken cancellation)
    {
        using HttpMessageInvoker client = new(new SocketsHttpHandler { UseProxy = false, UseCookies = false, MaxConnectionsPerServer = Callers, ActivityHeadersPropagator = null });
        await CallAsync(client, url, body, WarmUp, cancellation);
        double[] times = await CallAsync(client, url, body, Requests, cancellation);
        Array.Sort(times);
        return times;
    }

    public static double At(double[] sorted, double share) => sorted[(int)Math.Ceiling(share * sorted.Length) - 1];

    private static async Task<double[]> CallAsync(HttpMessageInvoker client, Uri url, byte[] body, int count, CancellationToken cancellation)
    {
        double[] times = new double[count];
        int next = -1;
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(async _ =>
        {
            for (int i = Interlocked.Increment(ref next); i < count; i = Interlocked.Increment(ref next))
            {
                using HttpRequestMessage request = new(HttpMethod.Post, url) { Content = new ByteArrayContent(body) };
                request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
                long started = TimeProvider.System.GetTimestamp();
                using HttpResponseMessage response = await client.SendAsync(request, cancellation);
                await response.Content.LoadIntoBufferAsync(cancellation);
                times[i] = TimeProvider.System.GetElapsedTime(started).TotalMilliseconds;
                response.EnsureSuccessStatusCode();
            }
        }));
        return times;
    }
}
