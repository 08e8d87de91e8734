using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using AgentOperator.AgentRuntime.Hosting;
using AgentOperator.AgentRuntime.Loop;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace AgentOperator.AgentRuntime.Serving.Mcp;

/// <summary>MCP over streamable HTTP at <c>/mcp</c>, without sessions: each POST is answered by a server of its own. Clients of 2025-03-26 to 2025-11-25 initialize, those of 2026-07-28 need not.</summary>
internal sealed class McpEndpoint
{
    private const string VersionHeader = "MCP-Protocol-Version";

    private readonly CallGate _gate;
    private readonly ILoggerFactory _loggers;
    private readonly McpServerOptions _options;
    private readonly JsonTypeInfo<JsonRpcMessage> _messages = (JsonTypeInfo<JsonRpcMessage>)McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(JsonRpcMessage));

    public McpEndpoint(AgentLoop loop, CallGate gate, AgentParts parts, ILoggerFactory loggers)
    {
        (_gate, _loggers) = (gate, loggers);
        SkillTools skills = new(loop, parts.Guard);
        _options = new McpServerOptions
        {
            ServerInfo = new Implementation { Name = loop.Plan.Config.Name, Version = loop.Plan.Config.Revision ?? "0" },
            ServerInstructions = loop.Plan.Config.Description,
            ScopeRequests = false,
            Capabilities = new ServerCapabilities { Tools = new ToolsCapability() },
            Handlers = new McpServerHandlers { ListToolsHandler = skills.ListAsync, CallToolHandler = skills.CallAsync },
        };
    }

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/mcp", (RequestDelegate)PostAsync);
        routes.MapMethods("/mcp", ["GET", "DELETE"], static (HttpContext http) =>
        {
            http.Response.Headers.Allow = "POST";
            http.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            return Task.CompletedTask;
        });
    }

    private async Task PostAsync(HttpContext http)
    {
        using IDisposable? pass = _gate.Enter();
        if (pass is null)
        {
            await Problems.WriteStoppingAsync(http);
            return;
        }

        JsonRpcMessage? message;
        try
        {
            message = JsonSerializer.Deserialize(await RequestBodies.ReadAsync(http), _messages);
        }
        catch (JsonException)
        {
            message = null;
        }

        if (message is null)
        {
            await FailAsync(http, StatusCodes.Status400BadRequest, "The body is no JSON-RPC message.");
            return;
        }

        message.Context = new JsonRpcMessageContext { ProtocolVersion = http.Request.Headers[VersionHeader] is [{ Length: > 0 } version] ? version : null, Items = new Dictionary<string, object?> { [SkillTools.HttpItem] = http } };
        await using StreamableHttpServerTransport transport = new(_loggers) { Stateless = true };
        await using McpServer server = McpServer.Create(transport, _options, _loggers);
        using CancellationTokenSource ended = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted);
        Task running = server.RunAsync(ended.Token);
        http.Response.ContentType = "text/event-stream";
        http.Response.Headers.CacheControl = "no-cache,no-store";
        http.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        try
        {
            if (!await transport.HandlePostRequestAsync(message, http.Response.Body, http.RequestAborted))
            {
                http.Response.ContentType = null;
                http.Response.StatusCode = StatusCodes.Status202Accepted;
            }
        }
        finally
        {
            await ended.CancelAsync();
            await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static Task FailAsync(HttpContext http, int status, string text)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json";
        return http.Response.WriteAsync($$$"""{"jsonrpc":"2.0","id":null,"error":{"code":-32700,"message":"{{{text}}}"}}""", http.RequestAborted);
    }
}
