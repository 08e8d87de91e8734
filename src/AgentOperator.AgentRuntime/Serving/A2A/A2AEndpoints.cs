using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Threading.Channels;
using AgentOperator.AgentRuntime.Loop;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AgentOperator.AgentRuntime.Serving.A2A;

/// <summary>A2A 1.0: the agent card, JSON-RPC at <c>/a2a</c>, and HTTP+JSON below it.</summary>
internal sealed class A2AEndpoints(AgentLoop loop, A2AService service)
{
    private const string MediaType = "application/a2a+json";

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/.well-known/agent-card.json", (RequestDelegate)CardAsync);
        routes.MapGet("/.well-known/agent.json", (RequestDelegate)CardAsync);
        routes.MapPost("/a2a", (RequestDelegate)RpcAsync);
        routes.MapPost("/a2a/message:send", http => RestAsync(http, "SendMessage"));
        routes.MapPost("/a2a/message:stream", http => RestAsync(http, "SendStreamingMessage"));
        routes.MapGet("/a2a/tasks", http => RestAsync(http, "ListTasks"));
        routes.MapGet("/a2a/tasks/{id}", http => RestAsync(http, "GetTask"));
        routes.MapPost("/a2a/tasks/{id}:cancel", http => RestAsync(http, "CancelTask"));
        routes.MapMethods("/a2a/tasks/{id}:subscribe", ["GET", "POST"], http => RestAsync(http, "SubscribeToTask"));
    }

    private Task CardAsync(HttpContext http)
    {
        string url = loop.Plan.Config.Url?.TrimEnd('/') ?? $"{http.Request.Scheme}://{http.Request.Host}";
        http.Response.ContentType = "application/json";
        http.Response.Headers.CacheControl = "max-age=60";
        return JsonSerializer.SerializeAsync(http.Response.Body, AgentCard.Create(loop.Plan.Config, url), A2AJsonContext.Default.AgentCard, http.RequestAborted);
    }

    private async Task RpcAsync(HttpContext http)
    {
        RpcRequest? request = null;
        try
        {
            request = Parse(await RequestBodies.ReadAsync(http), A2AJsonContext.Default.RpcRequest, A2AException.ParseError);
            if (request.Jsonrpc != "2.0" || request.Method is null)
            {
                throw new A2AException(A2AException.InvalidRequest, "The body is no JSON-RPC 2.0 request.");
            }

            CheckVersion(http);
            JsonElement parameters = request.Params ?? JsonValues.EmptyObject;
            await AnswerAsync(http, request.Method, parameters, result => Response(request.Id, result));
        }
        catch (A2AException error) when (!http.Response.HasStarted)
        {
            http.Response.ContentType = "application/json";
            await http.Response.Body.WriteAsync(Bytes(new RpcResponse { Id = request?.Id ?? JsonElement.Parse("null"), Error = new RpcError { Code = error.Code, Message = error.Message, Data = [new ErrorInfo { Reason = error.Binding.Reason }] } }), http.RequestAborted);
        }
    }

    private async Task RestAsync(HttpContext http, string method)
    {
        try
        {
            CheckVersion(http);
            JsonElement parameters = http.Request.Method == "POST" && http.Request.RouteValues["id"] is null
                ? Parse(await RequestBodies.ReadAsync(http), AgentRuntimeJsonContext.Default.JsonElement, A2AException.ParseError)
                : JsonSerializer.SerializeToElement(Query(http), A2AJsonContext.Default.TaskRequest);
            await AnswerAsync(http, method, parameters, static result => JsonSerializer.SerializeToUtf8Bytes(result, AgentRuntimeJsonContext.Default.JsonElement), MediaType);
        }
        catch (A2AException error) when (!http.Response.HasStarted)
        {
            (int code, string status, string reason) = error.Binding;
            RestErrorDocument document = new() { Error = new RestError { Code = code, Status = status, Message = error.Message, Details = [new ErrorInfo { Reason = reason }] } };
            http.Response.StatusCode = code;
            await WriteAsync(http, "application/json", JsonSerializer.SerializeToUtf8Bytes(document, A2AJsonContext.Default.RestErrorDocument));
        }
    }

    private async Task AnswerAsync(HttpContext http, string method, JsonElement parameters, Func<JsonElement, byte[]> form, string contentType = "application/json")
    {
        switch (method)
        {
            case "SendMessage":
                SendMessageRequest send = Parse(parameters, A2AJsonContext.Default.SendMessageRequest);
                TaskEntry entry = service.Send(send, TraceParents.Of(http));
                A2ATask task = send.Configuration?.ReturnImmediately is true ? entry.Task : await A2AService.WaitAsync(entry, http.RequestAborted);
                await WriteAsync(http, contentType, form(Element(new A2AStreamResponse { Task = A2AService.Shown(task, send.Configuration?.HistoryLength) })));
                break;
            case "SendStreamingMessage":
                ChannelReader<A2AStreamResponse>? reader = null;
                TaskEntry begun = service.Send(Parse(parameters, A2AJsonContext.Default.SendMessageRequest), TraceParents.Of(http), one => reader = one.Watch());
                await StreamAsync(http, begun, reader!, form);
                break;
            case "SubscribeToTask":
                TaskEntry watched = service.Get(Parse(parameters, A2AJsonContext.Default.TaskRequest).Id);
                if (A2AStates.IsEnd(watched.Task.Status.State))
                {
                    throw new A2AException(A2AException.UnsupportedOperation, $"The task has ended: it is {watched.Task.Status.State}.");
                }

                await StreamAsync(http, watched, watched.Watch(), form);
                break;
            case "GetTask":
                TaskRequest get = Parse(parameters, A2AJsonContext.Default.TaskRequest);
                await WriteAsync(http, contentType, form(JsonSerializer.SerializeToElement(A2AService.Shown(service.Get(get.Id).Task, get.HistoryLength), A2AJsonContext.Default.A2ATask)));
                break;
            case "ListTasks":
                await WriteAsync(http, contentType, form(JsonSerializer.SerializeToElement(service.List(Parse(parameters, A2AJsonContext.Default.TaskRequest)), A2AJsonContext.Default.A2ATaskList)));
                break;
            case "CancelTask":
                A2ATask cancelled = await service.CancelAsync(Parse(parameters, A2AJsonContext.Default.TaskRequest).Id, http.RequestAborted);
                await WriteAsync(http, contentType, form(JsonSerializer.SerializeToElement(cancelled, A2AJsonContext.Default.A2ATask)));
                break;
            case "CreateTaskPushNotificationConfig" or "GetTaskPushNotificationConfig" or "ListTaskPushNotificationConfigs" or "DeleteTaskPushNotificationConfig":
                throw new A2AException(A2AException.PushNotSupported, "The agent sends no push notifications: subscribe to the task.");
            default:
                throw new A2AException(A2AException.MethodNotFound, $"There is no method {method}.");
        }
    }

    private static async Task StreamAsync(HttpContext http, TaskEntry entry, ChannelReader<A2AStreamResponse> reader, Func<JsonElement, byte[]> form)
    {
        try
        {
            await using EventStream stream = new(http);
            await foreach (A2AStreamResponse happening in reader.ReadAllAsync(http.RequestAborted))
            {
                await stream.WriteAsync(form(Element(happening)));
            }
        }
        finally
        {
            entry.Unwatch(reader);
        }
    }

    private static void CheckVersion(HttpContext http)
    {
        if (http.Request.Headers["A2A-Version"] is [{ Length: > 0 } version] && version is not ("1" or "1.0") && !version.StartsWith("1.0.", StringComparison.Ordinal))
        {
            throw new A2AException(A2AException.VersionNotSupported, $"The agent speaks A2A 1.0, not {version}.");
        }
    }

    private static TaskRequest Query(HttpContext http) => new()
    {
        Id = http.Request.RouteValues["id"] as string,
        HistoryLength = Number(http, "historyLength"),
        PageSize = Number(http, "pageSize"),
        PageToken = http.Request.Query["pageToken"],
        ContextId = http.Request.Query["contextId"],
        Status = http.Request.Query["status"],
        IncludeArtifacts = http.Request.Query["includeArtifacts"] == "true",
    };

    private static int? Number(HttpContext http, string name) => int.TryParse(http.Request.Query[name], out int number) ? number : null;

    private static Task WriteAsync(HttpContext http, string contentType, byte[] json)
    {
        http.Response.ContentType = contentType;
        return http.Response.Body.WriteAsync(json, http.RequestAborted).AsTask();
    }

    private static JsonElement Element(A2AStreamResponse happening) => JsonSerializer.SerializeToElement(happening, A2AJsonContext.Default.A2AStreamResponse);

    private static byte[] Response(JsonElement? id, JsonElement result) => Bytes(new RpcResponse { Id = id, Result = result });

    private static byte[] Bytes(RpcResponse response) => JsonSerializer.SerializeToUtf8Bytes(response, A2AJsonContext.Default.RpcResponse);

    private static T Parse<T>(ReadOnlySpan<byte> json, JsonTypeInfo<T> type, int code)
    {
        try
        {
            return JsonSerializer.Deserialize(json, type) ?? throw new A2AException(A2AException.InvalidRequest, "The body is null.");
        }
        catch (JsonException)
        {
            throw new A2AException(code, "The body is no JSON of the right form.");
        }
    }

    private static T Parse<T>(JsonElement parameters, JsonTypeInfo<T> type)
    {
        try
        {
            return parameters.Deserialize(type) ?? throw new A2AException(A2AException.InvalidParams, "The params are null.");
        }
        catch (JsonException error)
        {
            throw new A2AException(A2AException.InvalidParams, $"The params do not have the right form at {error.Path}.");
        }
    }
}
