using System.Text.Json;
using AgentOperator.AgentRuntime.Loop;
using Microsoft.AspNetCore.Http;

namespace AgentOperator.AgentRuntime.Serving;

/// <summary>Errors as RFC 9457 has them.</summary>
internal static class Problems
{
    public static Task WriteAsync(HttpContext http, int status, string code, string title, string? detail) =>
        WriteAsync(http, new ProblemDocument { Status = status, Code = code, Title = title, Detail = detail });

    public static Task WriteAsync(HttpContext http, ProblemDocument problem)
    {
        http.Response.StatusCode = problem.Status;
        http.Response.ContentType = ProblemDocument.ContentType;
        return http.Response.Body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(problem, AgentRuntimeJsonContext.Default.ProblemDocument), http.RequestAborted).AsTask();
    }

    public static Task WriteStoppingAsync(HttpContext http)
    {
        http.Response.Headers.Connection = "close";
        return WriteAsync(http, StatusCodes.Status503ServiceUnavailable, SkillReasons.ShuttingDown, "The agent shuts down", "Call again: another pod answers.");
    }

    public static ProblemDocument Of(SkillOutcome outcome)
    {
        (int status, string title) = outcome.Reason switch
        {
            SkillReasons.UnknownSkill => (StatusCodes.Status404NotFound, "There is no such skill"),
            SkillReasons.UnknownCall => (StatusCodes.Status404NotFound, "No such call waits"),
            SkillReasons.BadInput => (StatusCodes.Status400BadRequest, "The input cannot be used"),
            SkillReasons.InputTooLarge => (StatusCodes.Status413PayloadTooLarge, "The input is too large"),
            SkillReasons.Guard => (StatusCodes.Status422UnprocessableEntity, "The guard refused"),
            SkillReasons.MaxTurns or SkillReasons.MaxTokens => (StatusCodes.Status422UnprocessableEntity, "A limit was reached"),
            SkillReasons.BadAnswer => (StatusCodes.Status502BadGateway, "The model's answer cannot be used"),
            SkillReasons.ModelsUnavailable => (StatusCodes.Status503ServiceUnavailable, "No model answers"),
            SkillReasons.Timeout => (StatusCodes.Status504GatewayTimeout, "The call took too long"),
            SkillReasons.Cancelled => (StatusCodes.Status499ClientClosedRequest, "The call was cancelled"),
            _ => (StatusCodes.Status500InternalServerError, "The call failed"),
        };
        return new ProblemDocument
        {
            Status = status,
            Title = title,
            Code = outcome.Reason ?? SkillReasons.ToolFailed,
            Detail = outcome.Message,
            ContextId = outcome.ContextId,
            TraceId = outcome.TraceId,
            Usage = outcome.Usage.Requests == 0 ? null : outcome.Usage,
        };
    }
}
