using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AgentOperator.AgentRuntime.Serving;
using AgentOperator.AgentRuntime.Tools;
using AgentOperator.Api.Runtime;

namespace AgentOperator.AgentRuntime.Steps;

/// <summary>A skill of a deployed agent, over <c>POST /v1/skills/{name}</c>. Only what surely did not begin is tried again here; the rest is the step's own retry.</summary>
internal sealed class DeployedAgent(Uri url, Func<string, string?> environment, TimeProvider time)
{
    private const int Tries = 5;

    private static readonly TimeSpan FirstDelay = TimeSpan.FromSeconds(1);

    /// <exception cref="StepFailedException">With what the agent said.</exception>
    public async Task<StepResult> CallAsync(StepTask task, ActivityContext trace, CancellationToken cancellation)
    {
        string skill = task.Skill ?? throw new StepFailedException("The task names no skill.", isFinal: true);
        Uri endpoint = new($"{url.GetLeftPart(UriPartial.Path).TrimEnd('/')}/v1/skills/{Uri.EscapeDataString(skill)}");
        byte[] input = Encoding.UTF8.GetBytes(task.Input.GetRawText());
        string key = environment("AGENTOPERATOR_IDEMPOTENCY_KEY") ?? Convert.ToHexStringLower(SHA256.HashData([.. Encoding.UTF8.GetBytes($"{environment("HOSTNAME")} {endpoint} "), .. input]));
        using HttpClient http = ToolHttp.Create();
        TimeSpan delay = FirstDelay;
        for (int i = 1; ; i++)
        {
            string problem;
            try
            {
                using HttpRequestMessage request = Request(endpoint, input, task.ContextId, key, trace);
                using HttpResponseMessage response = await http.SendAsync(request, cancellation);
                byte[] body = await response.Content.ReadAsByteArrayAsync(cancellation);
                if (response.StatusCode == HttpStatusCode.OK)
                {
                    return Read(body);
                }

                (problem, string code) = Problem(response.StatusCode, body);
                if (response.StatusCode == HttpStatusCode.Accepted)
                {
                    throw new StepFailedException($"The agent asks for a yes before it calls a tool. A step cannot be asked: put an approval step before it, or take the tool out of requireApproval. {problem}", isFinal: true);
                }

                if (code != Loop.SkillReasons.ShuttingDown && response.StatusCode is not (HttpStatusCode.TooManyRequests or HttpStatusCode.BadGateway))
                {
                    throw new StepFailedException(problem, response.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.NotFound or HttpStatusCode.RequestEntityTooLarge or HttpStatusCode.UnprocessableEntity);
                }

                if (code is not (Loop.SkillReasons.ShuttingDown or "") && response.StatusCode == HttpStatusCode.BadGateway)
                {
                    throw new StepFailedException(problem);
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

            if (i == Tries)
            {
                throw new StepFailedException(problem);
            }

            await Task.Delay(delay, time, cancellation);
            delay *= 2;
        }
    }

    private static HttpRequestMessage Request(Uri endpoint, byte[] input, string? contextId, string key, ActivityContext trace)
    {
        HttpRequestMessage request = new(HttpMethod.Post, endpoint) { Content = new ByteArrayContent(input) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Accept.ParseAdd("application/json");
        request.Headers.Add("Idempotency-Key", key);
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

    private static (string Problem, string Code) Problem(HttpStatusCode status, byte[] body)
    {
        try
        {
            JsonElement problem = JsonElement.Parse(body);
            string code = problem.TryGetProperty("code", out JsonElement word) ? word.GetString() ?? "" : "";
            string detail = problem.TryGetProperty("detail", out JsonElement text) || problem.TryGetProperty("message", out text) ? text.GetString() ?? "" : "";
            return ($"The agent answered {(int)status} {code}: {detail}", code);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return ($"The agent answered {(int)status}.", "");
        }
    }
}
