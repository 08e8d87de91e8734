using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using AgentOperator.AgentRuntime.Reporting;
using AgentOperator.Api.Runtime;

namespace AgentOperator.AgentRuntime.Steps;

/// <summary>Brings the outputs to the operator: over its channel, or without one through the termination message. Outputs were paid for: they are offered until somebody ends the process.</summary>
internal sealed class ResultSender(ChannelClient? channel, string terminationLog, TimeProvider time)
{
    /// <summary>What Kubernetes keeps of a termination message.</summary>
    public const int MaxMessage = 4096;

    private const int UsageTries = 3;

    private static readonly TimeSpan FirstDelay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(15);

    // Together within the grace period of the pod, 30 s.
    private static readonly TimeSpan LastPatience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan UsagePatience = TimeSpan.FromSeconds(15);

    /// <summary>Until they are there. Told to stop before that, the termination message takes them where they fit.</summary>
    /// <exception cref="StepFailedException">They did not get there.</exception>
    public async Task SendAsync(JsonObject outputs, CancellationToken cancellation)
    {
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(outputs, AgentRuntimeJsonContext.Default.JsonObject);
        if (channel is null)
        {
            if (json.Length > MaxMessage)
            {
                throw new StepFailedException($"The results have {json.Length} bytes; without the operator's result channel there is room for {MaxMessage}.", isFinal: true);
            }

            await File.WriteAllBytesAsync(terminationLog, json, CancellationToken.None);
            return;
        }

        string? problem = await PostAsync(channel, json, cancellation);
        if (problem is null)
        {
            return;
        }

        if (json.Length > MaxMessage)
        {
            throw new StepFailedException(problem);
        }

        await Console.Error.WriteLineAsync($"agent-runtime: {problem} They are in the termination message.");
        await File.WriteAllBytesAsync(terminationLog, json, CancellationToken.None);
    }

    /// <summary>Says why the step failed, and what it used. That there is no place to say it changes nothing.</summary>
    public async Task SayAsync(string message, UsageReport? usage)
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

        if (channel is not null && usage is { Requests: > 0 })
        {
            await PostUsageAsync(channel, message, usage);
        }
    }

    /// <summary>Null when the operator has them, else why it will not take them.</summary>
    /// <exception cref="StepFailedException">Nobody wants them.</exception>
    private async Task<string?> PostAsync(ChannelClient target, byte[] json, CancellationToken cancellation)
    {
        TimeSpan delay = FirstDelay;
        string problem = "The step was told to stop.";

        // A post that has begun may end.
        using CancellationTokenSource last = new(Timeout.InfiniteTimeSpan, time);
        await using CancellationTokenRegistration stop = cancellation.Register(() => last.CancelAfter(LastPatience));
        try
        {
            while (true)
            {
                try
                {
                    (HttpStatusCode status, string text) = await target.PostAsync(json, last.Token);

                    // 409: an earlier pod of this attempt has reported, and the first result counts.
                    if ((int)status is (>= 200 and < 300) or 409)
                    {
                        return null;
                    }

                    problem = $"The operator answered {(int)status} to the results: {text}";
                    if (status == HttpStatusCode.Gone)
                    {
                        throw new StepFailedException(problem);
                    }

                    if (!MayPass(status))
                    {
                        return problem;
                    }
                }
                catch (Exception error) when (IsNetwork(error, last.Token))
                {
                    problem = $"The results did not reach the operator: {error.Message}";
                }

                await Task.Delay(delay, time, cancellation);
                delay = Next(delay);
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return problem;
        }
    }

    /// <summary>A body with <see cref="RuntimeFiles.UsageKey"/> and <c>$error</c> is no result: the operator only adds the usage up.</summary>
    private async Task PostUsageAsync(ChannelClient target, string message, UsageReport usage)
    {
        JsonObject report = new()
        {
            ["$error"] = message,
            [RuntimeFiles.UsageKey] = JsonSerializer.SerializeToNode(usage, RuntimeJsonContext.Default.UsageReport),
        };
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(report, AgentRuntimeJsonContext.Default.JsonObject);
        using CancellationTokenSource patience = new(UsagePatience, time);
        TimeSpan delay = FirstDelay;
        for (int i = 1; i <= UsageTries; i++)
        {
            try
            {
                (HttpStatusCode status, _) = await target.PostAsync(json, patience.Token);
                if (!MayPass(status))
                {
                    return;
                }
            }
            catch (Exception error) when (IsNetwork(error, patience.Token))
            {
                // Tried again below.
            }
            catch (OperationCanceledException)
            {
                return;
            }

            if (i < UsageTries)
            {
                await Task.Delay(delay, time, CancellationToken.None);
                delay = Next(delay);
            }
        }
    }

    private static TimeSpan Next(TimeSpan delay) => TimeSpan.FromTicks(Math.Min(delay.Ticks * 2, LongestDelay.Ticks));

    private static bool MayPass(HttpStatusCode status) => (int)status >= 500 || status is HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout or HttpStatusCode.Unauthorized;

    private static bool IsNetwork(Exception error, CancellationToken cancellation) => error is HttpRequestException or IOException || (error is OperationCanceledException && !cancellation.IsCancellationRequested);
}
