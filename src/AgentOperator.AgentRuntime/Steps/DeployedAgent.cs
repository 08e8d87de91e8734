using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using AgentOperator.AgentRuntime.Serving;
using AgentOperator.AgentRuntime.Tools;
using AgentOperator.Api.Runtime;

namespace AgentOperator.AgentRuntime.Steps;

/// <summary>A skill of a deployed agent, over <c>POST /v1/skills/{name}</c>. Only what surely did not begin is tried again here; the rest is the step's own retry.</summary>
internal sealed class DeployedAgent(Uri url, TimeProvider time)
{
    private const int Tries = 5;

    private static readonly TimeSpan FirstDelay = TimeSpan.FromSeconds(1);

    // What limits.timeout is when it is absent, and time for the answer to arrive.
    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(1);

    /// <exception cref="StepFailedException">With what the agent said.</exception>
    public async Task<StepResult> CallAsync(StepTask task, ActivityContext trace, CancellationToken cancellation)
    {
        string skill = task.Skill ?? throw new StepFailedException("The task names no skill.", isFinal: true);
        Uri endpoint = new($"{url.GetLeftPart(UriPartial.Path).TrimEnd('/')}/v1/skills/{Uri.EscapeDataString(skill)}");
        byte[] input = Encoding.UTF8.GetBytes(task.Input.GetRawText());
        TimeSpan patience = (task.Agent?.Limits?.Timeout?.ToTimeSpan() ?? DefaultTimeout) + Margin;
        using HttpClient http = ToolHttp.Create();
        TimeSpan delay = FirstDelay;
        for (int i = 1; ; i++)
        {
            string problem;
            using CancellationTokenSource late = new(patience, time);
            using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellation);
            try
            {
                using HttpRequestMessage request = Request(endpoint, input, task.ContextId, trace);
                using HttpResponseMessage response = await http.SendAsync(request, either.Token);
                byte[] body = await response.Content.ReadAsByteArrayAsync(either.Token);
                if (response.StatusCode == HttpStatusCode.OK)
                {
                    return Read(body);
                }

                (problem, string code, UsageReport? usage) = Problem(response.StatusCode, body);
                if (response.StatusCode == HttpStatusCode.Accepted)
                {
                    throw new StepFailedException($"The agent asks for a yes before it calls a tool. A step cannot be asked: put an approval step before it, or take the tool out of requireApproval. {problem}", isFinal: true, usage);
                }

                if (code != Loop.SkillReasons.ShuttingDown && response.StatusCode != HttpStatusCode.TooManyRequests)
                {
                    throw new StepFailedException(problem, response.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.NotFound or HttpStatusCode.RequestEntityTooLarge or HttpStatusCode.UnprocessableEntity, usage);
                }
            }
            catch (HttpRequestException error) when (error.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError)
            {
                problem = $"{endpoint.Authority} is not reached: {error.Message}";
            }
            catch (Exception error) when (error is HttpRequestException or IOException)
            {
                throw new StepFailedException($"The agent's answer broke off: {error.Message}");
            }
            catch (OperationCanceledException) when (late.IsCancellationRequested && !cancellation.IsCancellationRequested)
            {
                throw new StepFailedException($"The agent did not answer within {patience.TotalSeconds:0.###} s.");
            }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
            {
                problem = $"{endpoint.Authority} is not reached: it takes no connection in time";
            }

            if (i == Tries)
            {
                throw new StepFailedException(problem);
            }

            await Task.Delay(delay, time, cancellation);
            delay *= 2;
        }
    }

    private static HttpRequestMessage Request(Uri endpoint, byte[] input, string? contextId, ActivityContext trace)
    {
        HttpRequestMessage request = new(HttpMethod.Post, endpoint) { Content = new ByteArrayContent(input) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Accept.ParseAdd("application/json");
        if (contextId is not null)
        {
            request.Headers.TryAddWithoutValidation(SkillEndpoints.ContextHeader, contextId);
        }

        if (trace != default)
        {
            request.Headers.Add("traceparent", $"00-{trace.TraceId}-{trace.SpanId}-{(trace.TraceFlags.HasFlag(ActivityTraceFlags.Recorded) ? "01" : "00")}");
        }

        return request;
    }

    private static StepResult Read(byte[] body)
    {
        try
        {
            JsonElement envelope = JsonElement.Parse(body);
            return new StepResult
            {
                Result = envelope.GetProperty("result"),
                Envelope = envelope,
                Usage = envelope.TryGetProperty("usage", out JsonElement usage) ? usage.Deserialize(RuntimeJsonContext.Default.UsageReport) : null,
            };
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new StepFailedException("The agent answered no envelope with a result.");
        }
    }

    private static (string Problem, string Code, UsageReport? Usage) Problem(HttpStatusCode status, byte[] body)
    {
        try
        {
            JsonElement problem = JsonElement.Parse(body);
            string code = problem.TryGetProperty("code", out JsonElement word) ? word.GetString() ?? "" : "";
            string detail = problem.TryGetProperty("detail", out JsonElement text) || problem.TryGetProperty("message", out text) ? text.GetString() ?? "" : "";
            UsageReport? usage = problem.TryGetProperty("usage", out JsonElement used) ? used.Deserialize(RuntimeJsonContext.Default.UsageReport) : null;
            return ($"The agent answered {(int)status} {code}: {detail}", code, usage);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return ($"The agent answered {(int)status}.", "", null);
        }
    }
}
