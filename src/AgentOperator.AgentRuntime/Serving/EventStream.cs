using System.Text.Json;
using AgentOperator.AgentRuntime.Loop;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace AgentOperator.AgentRuntime.Serving;

/// <summary>Server-sent events of one call. Tools work in parallel: one event at a time is written. A reader that does not read holds up its own call until the server's rate limit cuts it.</summary>
internal sealed class EventStream : IAsyncDisposable
{
    private readonly HttpContext _http;
    private readonly SemaphoreSlim _turn = new(1);

    public EventStream(HttpContext http)
    {
        _http = http;
        http.Response.ContentType = "text/event-stream";
        http.Response.Headers.CacheControl = "no-store";
        http.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
    }

    public ValueTask WriteAsync(AgentEvent happening) => happening.Kind == AgentEvent.Delta
        ? WriteAsync("delta"u8.ToArray(), JsonSerializer.SerializeToUtf8Bytes(happening, AgentRuntimeJsonContext.Default.AgentEvent))
        : WriteAsync("tool"u8.ToArray(), JsonSerializer.SerializeToUtf8Bytes(happening, AgentRuntimeJsonContext.Default.AgentEvent));

    public ValueTask WriteAsync(SkillOutcome outcome) => outcome.End switch
    {
        SkillEnd.Completed => WriteAsync("result"u8.ToArray(), JsonSerializer.SerializeToUtf8Bytes(outcome.Answer!, AgentRuntimeJsonContext.Default.AnswerEnvelope)),
        SkillEnd.InputRequired => WriteAsync("inputRequired"u8.ToArray(), JsonSerializer.SerializeToUtf8Bytes(SkillEndpoints.InputRequired(outcome), AgentRuntimeJsonContext.Default.InputRequiredDocument)),
        _ => WriteAsync("error"u8.ToArray(), JsonSerializer.SerializeToUtf8Bytes(Problems.Of(outcome), AgentRuntimeJsonContext.Default.ProblemDocument)),
    };

    /// <summary>A message without a name, as JSON-RPC over SSE has it.</summary>
    public ValueTask WriteAsync(byte[] data) => WriteAsync(null, data);

    public ValueTask DisposeAsync()
    {
        _turn.Dispose();
        return ValueTask.CompletedTask;
    }

    private async ValueTask WriteAsync(byte[]? name, byte[] data)
    {
        await _turn.WaitAsync(_http.RequestAborted);
        try
        {
            if (name is not null)
            {
                await _http.Response.Body.WriteAsync((byte[])[.. "event: "u8, .. name, (byte)'\n'], _http.RequestAborted);
            }

            await _http.Response.Body.WriteAsync((byte[])[.. "data: "u8, .. data, (byte)'\n', (byte)'\n'], _http.RequestAborted);
            await _http.Response.Body.FlushAsync(_http.RequestAborted);
        }
        finally
        {
            _turn.Release();
        }
    }
}
