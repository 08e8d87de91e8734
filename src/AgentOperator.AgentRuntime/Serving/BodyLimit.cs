using AgentOperator.AgentRuntime.Loop;
using AgentOperator.AgentRuntime.Streams;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace AgentOperator.AgentRuntime.Serving;

/// <summary>Refuses bodies above a limit with 413. Most clients read no answer before they have sent all, and a connection closed under them tells nothing: the rest is read and thrown away, within bounds.</summary>
internal sealed class BodyLimit(long most, TimeProvider time)
{
    private const long MostDrained = 32 << 20;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public async Task PassAsync(RequestDelegate next, HttpContext http)
    {
        bool isTooLarge = http.Request.ContentLength > most;
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } server)
        {
            server.MaxRequestBodySize = isTooLarge ? null : most + MostDrained;
        }

        Stream body = http.Request.Body;
        if (!isTooLarge)
        {
            BoundedStream limited = new(body, most, static () => new BodyTooLargeException());
            http.Request.Body = limited;
            try
            {
                await next(http);
                return;
            }
            catch (BodyTooLargeException) when (!http.Response.HasStarted)
            {
                // A body of unknown length turned out to be too long.
            }
        }

        // Who waits for a yes has sent nothing.
        if (!http.Request.Headers.Expect.ToString().StartsWith("100-continue", StringComparison.OrdinalIgnoreCase))
        {
            await DrainAsync(body, http.RequestAborted);
        }

        http.Response.Headers.Connection = "close";
        await Problems.WriteAsync(http, StatusCodes.Status413PayloadTooLarge, SkillReasons.InputTooLarge, "The request is too large", $"A request may have {most} bytes (guard.maxInputBytes, and room for what is around the input).");
    }

    private async Task DrainAsync(Stream body, CancellationToken aborted)
    {
        using CancellationTokenSource late = new(Patience, time);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, aborted);
        byte[] buffer = new byte[64 * 1024];
        long drained = 0;
        try
        {
            int count;
            do
            {
                count = await body.ReadAsync(buffer, either.Token);
                drained += count;
            }
            while (count > 0 && drained < MostDrained);
        }
        catch (Exception error) when (error is IOException or OperationCanceledException)
        {
            // The caller left, or sends too slowly to be waited for.
        }
    }
}
