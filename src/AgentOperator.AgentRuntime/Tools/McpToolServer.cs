using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using AgentOperator.Api.Runtime;
using Microsoft.Extensions.Logging.Abstractions;
using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace AgentOperator.AgentRuntime.Tools;

/// <summary>An MCP server, over streamable HTTP or over stdio of a program of the image, which does not get the variables named as secrets. A lost connection is made anew at the next call.</summary>
internal sealed class McpToolServer(RuntimeTool tool, Uri? url, IReadOnlyDictionary<string, string> headers, IReadOnlyList<string> secrets) : IToolServer
{
    private const int MaxPages = 50;

    private readonly SemaphoreSlim _connecting = new(1);
    private readonly HttpClient _http = ToolHttp.Create();
    private McpClient? _client;

    public string Name => tool.Name;

    public async Task<FoundTools> FindAsync(CancellationToken cancellation)
    {
        McpClient client = await ConnectAsync(cancellation);
        try
        {
            List<(string Name, string? Description, JsonElement? Schema)> offered = [];
            string? cursor = null;
            int page = 0;
            do
            {
                // Read without the package's own types: one unreadable schema must not hide the other tools.
                JsonRpcResponse response = await client.SendRequestAsync(
                    new JsonRpcRequest { Method = RequestMethods.ToolsList, Params = cursor is null ? new JsonObject() : new JsonObject { ["cursor"] = cursor } }, cancellation);
                JsonObject? result = response.Result as JsonObject;
                foreach (JsonNode? one in result?["tools"] as JsonArray ?? [])
                {
                    if (one is JsonObject fields && fields["name"] is JsonValue name && name.TryGetValue(out string? text))
                    {
                        offered.Add((text, fields["description"] is JsonValue words && words.TryGetValue(out string? description) ? description : null, fields["inputSchema"] is { } schema ? JsonValues.Of(schema) : null));
                    }
                }

                cursor = result?["nextCursor"] is JsonValue next && next.TryGetValue(out string? more) && more.Length > 0 ? more : null;
            }
            while (cursor is not null && ++page < MaxPages && offered.Count <= ToolRules.MaxTools * 10);

            return ToolRules.Choose(tool, offered, isCut: cursor is not null, CallAsync);
        }
        catch (Exception error) when (error is not McpProtocolException)
        {
            await DropAsync(client);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_client is { } client)
        {
            await DropAsync(client);
        }

        _http.Dispose();
        _connecting.Dispose();
    }

    private async Task<ToolResult> CallAsync(string name, JsonElement arguments, CancellationToken cancellation)
    {
        McpClient client = await ConnectAsync(cancellation);
        Dictionary<string, JsonElement> values = arguments.EnumerateObject().ToDictionary(static field => field.Name, static field => field.Value, StringComparer.Ordinal);
        JsonObject meta = [];
        if (Activity.Current is { } activity)
        {
            meta["traceparent"] = activity.Id;
            if (activity.TraceStateString is { Length: > 0 } state)
            {
                meta["tracestate"] = state;
            }
        }

        try
        {
            return McpResults.Read(await client.CallToolAsync(new CallToolRequestParams { Name = name, Arguments = values, Meta = meta }, cancellation));
        }
        catch (McpProtocolException error)
        {
            return new ToolResult(ToolTexts.Describe(error), IsError: true);
        }
        catch (Exception) when (!cancellation.IsCancellationRequested)
        {
            await DropAsync(client);
            throw;
        }
    }

    private async Task<McpClient> ConnectAsync(CancellationToken cancellation)
    {
        if (_client is { Completion.IsCompleted: false } open)
        {
            return open;
        }

        await _connecting.WaitAsync(cancellation);
        try
        {
            if (_client is { Completion.IsCompleted: false } connected)
            {
                return connected;
            }

            return _client = await McpClient.CreateAsync(
                Transport(),
                new McpClientOptions { ClientInfo = new Implementation { Name = "agent-runtime", Version = "1" }, InitializationTimeout = TimeSpan.FromSeconds(15) },
                NullLoggerFactory.Instance,
                cancellation);
        }
        finally
        {
            _connecting.Release();
        }
    }

    private IClientTransport Transport() => url is not null
        ? new HttpClientTransport(
            new HttpClientTransportOptions { Endpoint = url, Name = Name, TransportMode = HttpTransportMode.StreamableHttp, AdditionalHeaders = new Dictionary<string, string>(headers, StringComparer.OrdinalIgnoreCase), ConnectionTimeout = TimeSpan.FromSeconds(15) },
            _http,
            NullLoggerFactory.Instance,
            ownsHttpClient: false)
        : new StdioClientTransport(new StdioClientTransportOptions { Name = Name, Command = tool.Command![0], Arguments = [.. tool.Command.Skip(1)], EnvironmentVariables = secrets.ToDictionary(static name => name, static string? (_) => null, StringComparer.Ordinal) }, NullLoggerFactory.Instance);

    private async Task DropAsync(McpClient client)
    {
        Interlocked.CompareExchange(ref _client, null, client);
        try
        {
            await client.DisposeAsync();
        }
#pragma warning disable CA1031 // A connection that is given up may fail to close in any way.
        catch (Exception)
#pragma warning restore CA1031
        {
            // Nothing is lost: the next call connects anew.
        }
    }
}
