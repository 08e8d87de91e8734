using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using AgentOperator.Api.Runtime;

namespace AgentOperator.AgentRuntime.Tools;

/// <summary>Another agent over A2A 1.0 (JSON-RPC): each of its skills is a tool.</summary>
internal sealed class AgentToolServer(RuntimeTool tool, Uri url, IReadOnlyDictionary<string, string> headers, TimeProvider time) : IToolServer
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(1);
    private static readonly JsonElement TextSchema = JsonElement.Parse("""{"type":"object","properties":{"text":{"type":"string","description":"What the agent is asked."}},"required":["text"]}""");

    private readonly HttpClient _http = ToolHttp.Create();
    private Uri? _endpoint;

    public string Name => tool.Name;

    public async Task<FoundTools> FindAsync(CancellationToken cancellation)
    {
        Uri cardUrl = new($"{url.GetLeftPart(UriPartial.Path).TrimEnd('/')}/.well-known/agent-card.json");
        using HttpRequestMessage request = new(HttpMethod.Get, cardUrl);
        JsonElement card = await SendAsync(request, cancellation);
        _endpoint = Endpoint(card, cardUrl);
        JsonElement? schemas = Schemas(card);
        List<(string Name, string? Description, JsonElement? Schema)> offered = [];
        if (card.TryGetProperty("skills", out JsonElement skills) && skills.ValueKind == JsonValueKind.Array)
        {
            foreach (JsonElement skill in skills.EnumerateArray())
            {
                if (Text(skill, "id") is { } id)
                {
                    JsonElement? input = schemas?.TryGetProperty(id, out JsonElement forms) is true && forms.TryGetProperty("input", out JsonElement form) ? form : TextSchema;
                    offered.Add((id, $"{tool.Name}: {Text(skill, "description") ?? Text(card, "description")}", input));
                }
            }
        }

        return ToolRules.Choose(tool, offered, isCut: false, CallAsync);
    }

    public ValueTask DisposeAsync()
    {
        _http.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<ToolResult> CallAsync(string skill, JsonElement arguments, CancellationToken cancellation)
    {
        bool isText = arguments.GetPropertyCount() == 1 && arguments.TryGetProperty("text", out JsonElement text) && text.ValueKind == JsonValueKind.String;
        JsonObject part = isText ? new JsonObject { ["text"] = arguments.GetProperty("text").GetString() } : new JsonObject { ["data"] = JsonNode.Parse(arguments.GetRawText()), ["mediaType"] = "application/json" };
        JsonElement result = await AskAsync("SendMessage", new JsonObject
        {
            ["message"] = new JsonObject
            {
                ["messageId"] = Guid.NewGuid().ToString("N"),
                ["role"] = "ROLE_USER",
                ["parts"] = new JsonArray(part),
                ["metadata"] = new JsonObject { ["skillId"] = skill },
            },
        }, cancellation);
        if (result.TryGetProperty("message", out JsonElement message))
        {
            return new ToolResult(Parts(message));
        }

        JsonElement task = result.TryGetProperty("task", out JsonElement given) ? given : throw new HttpRequestException("the agent answered neither a task nor a message");
        while (State(task) is "TASK_STATE_SUBMITTED" or "TASK_STATE_WORKING")
        {
            await Task.Delay(PollInterval, time, cancellation);
            task = await AskAsync("GetTask", new JsonObject { ["id"] = Text(task, "id") }, cancellation);
        }

        string said = task.TryGetProperty("status", out JsonElement status) && status.TryGetProperty("message", out JsonElement words) ? Parts(words) : "";
        if (State(task) != "TASK_STATE_COMPLETED")
        {
            return new ToolResult($"the agent ended with {State(task)}. {said}", IsError: true);
        }

        string artifacts = task.TryGetProperty("artifacts", out JsonElement made) && made.ValueKind == JsonValueKind.Array ? string.Join('\n', made.EnumerateArray().Select(Parts)) : "";
        return new ToolResult(artifacts.Length > 0 ? artifacts : said);
    }

    private async Task<JsonElement> AskAsync(string method, JsonObject parameters, CancellationToken cancellation)
    {
        if (_endpoint is not { } endpoint)
        {
            throw new HttpRequestException("the agent's card was not read yet");
        }

        JsonObject body = new() { ["jsonrpc"] = "2.0", ["id"] = 1, ["method"] = method, ["params"] = parameters };
        using HttpRequestMessage request = new(HttpMethod.Post, endpoint) { Content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(body, AgentRuntimeJsonContext.Default.JsonObject)) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add("A2A-Version", "1.0");
        JsonElement answer = await SendAsync(request, cancellation);
        if (answer.TryGetProperty("error", out JsonElement error))
        {
            throw new HttpRequestException($"the agent refused: {Text(error, "message")}");
        }

        return answer.TryGetProperty("result", out JsonElement result) ? result : throw new HttpRequestException("the agent's answer has no result");
    }

    private async Task<JsonElement> SendAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        foreach ((string name, string value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using HttpResponseMessage response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
        if (!response.IsSuccessStatusCode)
        {
            throw new HttpRequestException($"{request.RequestUri!.GetLeftPart(UriPartial.Path)} answered {(int)response.StatusCode}");
        }

        byte[] bytes = await response.Content.ReadAsByteArrayAsync(cancellation);
        try
        {
            return JsonElement.Parse(bytes);
        }
        catch (JsonException error)
        {
            throw new HttpRequestException($"{request.RequestUri!.GetLeftPart(UriPartial.Path)} answered no JSON", error);
        }
    }

    /// <summary>The card's JSON-RPC interface. Behind a port-forward or in a local cluster its host may not be ours: only the path is taken where hosts differ.</summary>
    private Uri Endpoint(JsonElement card, Uri cardUrl)
    {
        if (card.TryGetProperty("supportedInterfaces", out JsonElement interfaces) && interfaces.ValueKind == JsonValueKind.Array)
        {
            foreach (JsonElement one in interfaces.EnumerateArray())
            {
                if (Text(one, "protocolBinding") == "JSONRPC" && Uri.TryCreate(cardUrl, Text(one, "url"), out Uri? endpoint))
                {
                    return endpoint.Host == url.Host ? endpoint : new Uri(url, endpoint.PathAndQuery);
                }
            }
        }

        throw new HttpRequestException("the agent's card names no JSONRPC interface of A2A 1.0");
    }

    private static JsonElement? Schemas(JsonElement card)
    {
        if (card.TryGetProperty("capabilities", out JsonElement capabilities) && capabilities.ValueKind == JsonValueKind.Object
            && capabilities.TryGetProperty("extensions", out JsonElement extensions) && extensions.ValueKind == JsonValueKind.Array)
        {
            foreach (JsonElement extension in extensions.EnumerateArray())
            {
                if (Text(extension, "uri") == A2AExtensions.SkillSchemas && extension.TryGetProperty("params", out JsonElement parameters) && parameters.ValueKind == JsonValueKind.Object)
                {
                    return parameters;
                }
            }
        }

        return null;
    }

    private static string State(JsonElement task) => task.TryGetProperty("status", out JsonElement status) ? Text(status, "state") ?? "" : "";

    private static string Parts(JsonElement holder) => holder.TryGetProperty("parts", out JsonElement parts) && parts.ValueKind == JsonValueKind.Array
        ? string.Join('\n', parts.EnumerateArray().Select(static part => Text(part, "text") ?? (part.TryGetProperty("data", out JsonElement data) ? data.GetRawText() : "")).Where(static text => text.Length > 0))
        : "";

    private static string? Text(JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.Object && value.TryGetProperty(name, out JsonElement text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;
}
