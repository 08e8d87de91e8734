using System.Text.Json;
using AgentOperator.AgentRuntime.Guard;
using AgentOperator.AgentRuntime.Hosting;
using AgentOperator.AgentRuntime.Loop;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AgentOperator.AgentRuntime.Serving;

/// <summary>Skills over plain HTTP: <c>POST /v1/skills/{name}</c> with the input as body. Header <c>X-Context-Id</c> names the conversation; <c>Accept: text/event-stream</c> asks for events
/// <c>delta</c>, <c>tool</c> and at the end <c>result</c>, <c>inputRequired</c> or <c>error</c>.</summary>
internal sealed class SkillEndpoints(AgentLoop loop, AgentParts parts, CallGate gate)
{
    public const string ContextHeader = "X-Context-Id";

    private readonly IGuard _guard = parts.Guard;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/skills", (RequestDelegate)ListAsync);
        routes.MapPost("/v1/skills/{name}", (RequestDelegate)CallAsync);
        routes.MapPost("/v1/calls/{id}", (RequestDelegate)ResumeAsync);
    }

    private Task ListAsync(HttpContext http)
    {
        http.Response.ContentType = "application/json";
        SkillList list = new() { Agent = loop.Plan.Config.Name, Skills = [.. loop.Plan.Config.Skills.Select(SkillEntry.Of)] };
        return JsonSerializer.SerializeAsync(http.Response.Body, list, AgentRuntimeJsonContext.Default.SkillList, http.RequestAborted);
    }

    private async Task CallAsync(HttpContext http)
    {
        using IDisposable? pass = gate.Enter();
        if (pass is null)
        {
            await Problems.WriteStoppingAsync(http);
            return;
        }

        JsonElement input;
        try
        {
            input = RequestBodies.ParseInput(await RequestBodies.ReadAsync(http), _guard.MaxInputBytes);
        }
        catch (CallEndedException end)
        {
            await Problems.WriteAsync(http, Problems.Of(new SkillOutcome { End = end.End, Reason = end.Reason, Message = end.Message, CallId = "" }));
            return;
        }

        SkillCall call = new() { Skill = (string)http.Request.RouteValues["name"]!, Input = input, ContextId = http.Request.Headers[ContextHeader] };
        await AnswerAsync(http, onEvent => loop.RunAsync(call with { OnEvent = onEvent }, TraceParents.Of(http), http.RequestAborted));
    }

    private async Task ResumeAsync(HttpContext http)
    {
        using IDisposable? pass = gate.Enter();
        if (pass is null)
        {
            await Problems.WriteStoppingAsync(http);
            return;
        }

        CallDecision decision;
        try
        {
            decision = DecisionReader.Read(RequestBodies.ParseInput(await RequestBodies.ReadAsync(http), _guard.MaxInputBytes));
        }
        catch (CallEndedException end)
        {
            await Problems.WriteAsync(http, Problems.Of(new SkillOutcome { End = end.End, Reason = end.Reason, Message = end.Message, CallId = "" }));
            return;
        }

        await AnswerAsync(http, onEvent => loop.ResumeAsync((string)http.Request.RouteValues["id"]!, decision, onEvent, http.RequestAborted));
    }

    private static async Task AnswerAsync(HttpContext http, Func<Func<AgentEvent, ValueTask>?, Task<SkillOutcome>> callAsync)
    {
        if (http.Request.Headers.Accept.ToString().Contains("text/event-stream", StringComparison.OrdinalIgnoreCase))
        {
            await using EventStream stream = new(http);
            await stream.WriteAsync(await callAsync(stream.WriteAsync));
            return;
        }

        SkillOutcome outcome = await callAsync(null);
        switch (outcome.End)
        {
            case SkillEnd.Completed:
                http.Response.ContentType = "application/json";
                http.Response.Headers[ContextHeader] = outcome.ContextId;
                await http.Response.Body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(outcome.Answer!, AgentRuntimeJsonContext.Default.AnswerEnvelope), http.RequestAborted);
                break;
            case SkillEnd.InputRequired:
                http.Response.StatusCode = StatusCodes.Status202Accepted;
                http.Response.ContentType = "application/json";
                http.Response.Headers[ContextHeader] = outcome.ContextId;
                await http.Response.Body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(InputRequired(outcome), AgentRuntimeJsonContext.Default.InputRequiredDocument), http.RequestAborted);
                break;
            default:
                await Problems.WriteAsync(http, Problems.Of(outcome));
                break;
        }
    }

    public static InputRequiredDocument InputRequired(SkillOutcome outcome) => new()
    {
        CallId = outcome.CallId,
        ContextId = outcome.ContextId,
        Message = outcome.Message!,
        Approvals = outcome.Approvals,
        TraceId = outcome.TraceId,
        Usage = outcome.Usage.Requests == 0 ? null : outcome.Usage,
    };
}
