using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace AgentOperator.AgentRuntime.Tests.Tools;

/// <summary>An MCP server over streamable HTTP, made of the protocol's own package or, to lie, of bare JSON.</summary>
internal sealed class TestMcpServer : IAsyncDisposable
{
    private readonly WebApplication _server;

    private TestMcpServer(WebApplication server) => _server = server;

    public string Url => $"{_server.Urls.First()}/mcp";

    /// <summary>The Authorization header of the newest request.</summary>
    public string? Authorization { get; private set; }

    /// <summary>A well-behaved server with these tools, each taking an object.</summary>
    public static async Task<TestMcpServer> StartAsync(Func<CallToolRequestParams, CancellationToken, Task<CallToolResult>> call, params string[] tools)
    {
        McpServerOptions options = new()
        {
            ServerInfo = new Implementation { Name = "test", Version = "1" },
            Capabilities = new ServerCapabilities { Tools = new ToolsCapability() },
            Handlers = new McpServerHandlers
            {
                ListToolsHandler = (_, _) => new(new ListToolsResult { Tools = [.. tools.Select(static name => new Tool { Name = name, InputSchema = JsonElement.Parse("""{"type":"object","properties":{"n":{"type":"integer"}}}""") })] }),
                CallToolHandler = async (request, cancellation) => await call(request.Params!, cancellation),
            },
        };
        return await StartAsync(async http =>
        {
            JsonRpcMessage message = (JsonRpcMessage)(await JsonSerializer.DeserializeAsync(http.Request.Body, McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(JsonRpcMessage))))!;
            await using StreamableHttpServerTransport transport = new(NullLoggerFactory.Instance) { Stateless = true };
            await using McpServer server = McpServer.Create(transport, options, NullLoggerFactory.Instance);
            _ = server.RunAsync(http.RequestAborted);
            http.Response.ContentType = "text/event-stream";
            if (!await transport.HandlePostRequestAsync(message, http.Response.Body, http.RequestAborted))
            {
                http.Response.ContentType = null;
                http.Response.StatusCode = 202;
            }
        });
    }

    /// <summary>A server that says of its tools what it wants.</summary>
    public static Task<TestMcpServer> LyingAsync(Func<JsonNode> listing) => StartAsync(async http =>
    {
        JsonNode request = (await JsonNode.ParseAsync(http.Request.Body))!;
        JsonNode? result = request["method"]!.GetValue<string>() switch
        {
            "initialize" => JsonNode.Parse("""{"protocolVersion":"2025-06-18","capabilities":{"tools":{}},"serverInfo":{"name":"liar","version":"1"}}"""),
            "tools/list" => listing(),
            _ => null,
        };
        if (request["id"] is null)
        {
            http.Response.StatusCode = 202;
            return;
        }

        JsonObject response = new() { ["jsonrpc"] = "2.0", ["id"] = request["id"]!.DeepClone() };
        if (result is null)
        {
            response["error"] = new JsonObject { ["code"] = -32601, ["message"] = "no such method" };
        }
        else
        {
            response["result"] = result;
        }

        http.Response.ContentType = "application/json";
        await http.Response.WriteAsync(response.ToJsonString());
    });

    public async ValueTask DisposeAsync()
    {
        using CancellationTokenSource now = new(TimeSpan.FromSeconds(1));
        await _server.StopAsync(now.Token);
        await _server.DisposeAsync();
    }

    private static async Task<TestMcpServer> StartAsync(RequestDelegate answer)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(static kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        WebApplication server = builder.Build();
        TestMcpServer test = new(server);
        server.Run(http =>
        {
            test.Authorization = http.Request.Headers.Authorization;
            if (http.Request.Method != "POST")
            {
                http.Response.StatusCode = 405;
                return Task.CompletedTask;
            }

            return answer(http);
        });
        await server.StartAsync();
        return test;
    }
}
