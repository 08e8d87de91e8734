using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using AgentOperator.AgentRuntime.Reporting;

namespace AgentOperator.AgentRuntime.Steps;

/// <summary>Brings the outputs to the operator: over its channel, or without one through the termination message.</summary>
internal sealed class ResultSender(ChannelClient? channel, string terminationLog, TimeProvider time)
{
    /// <summary>What Kubernetes keeps of a termination message.</summary>
    public const int MaxMessage = 4096;

    private const int Tries = 8;

    private static readonly TimeSpan FirstDelay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(15);

    /// <exception cref="StepFailedException">They did not get there.</exception>
    public async Task SendAsync(JsonObject outputs, CancellationToken cancellation)
    {
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(outputs, AgentRuntimeJsonContext.Default.JsonObject);
        if (channel is not null)
        {
            await PostAsync(channel, json, cancellation);
            return;
        }

        if (json.Length > MaxMessage)
        {
            throw new StepFailedException($"The results have {json.Length} bytes; without the operator's result channel there is room for {MaxMessage}.", isFinal: true);
        }

        await File.WriteAllBytesAsync(terminationLog, json, cancellation);
    }

    /// <summary>Says why the step failed. That there is no place to say it changes nothing.</summary>
    public async Task SayAsync(string message)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(message);
        try
        {
            await File.WriteAllBytesAsync(terminationLog, bytes.Length > MaxMessage ? bytes[..MaxMessage] : bytes);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Standard error has it too.
        }
    }

    private async Task PostAsync(ChannelClient target, byte[] json, CancellationToken cancellation)
    {
        TimeSpan delay = FirstDelay;
        for (int i = 1; ; i++)
        {
            string problem;
            try
            {
                (HttpStatusCode status, string text) = await target.PostAsync(json, cancellation);

                // 409: another try of ours got there, or another attempt did; the operator knows which result counts.
                if ((int)status is (>= 200 and < 300) or 409)
                {
                    return;
                }

                problem = $"The operator answered {(int)status} to the results: {text}";
                if ((int)status < 500 && status is not (HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout or HttpStatusCode.Unauthorized))
                {
                    throw new StepFailedException(problem);
                }
            }
            catch (Exception error) when (error is HttpRequestException or IOException || (error is OperationCanceledException && !cancellation.IsCancellationRequested))
            {
                problem = $"The results did not reach the operator: {error.Message}";
            }

            if (i == Tries)
            {
                throw new StepFailedException(problem);
            }

            await Task.Delay(delay, time, cancellation);
            delay = TimeSpan.FromTicks(Math.Min(delay.Ticks * 2, LongestDelay.Ticks));
        }
    }
}
