using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using AgentOperator.AgentRuntime.Guard;
using AgentOperator.AgentRuntime.Loop;
using AgentOperator.Api.Agents;
using Microsoft.AspNetCore.Http;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace AgentOperator.AgentRuntime.Serving.Mcp;

/// <summary>Skills as MCP tools. The result is text and, under an output schema, structured content; the whole envelope is in <c>_meta</c> under <see cref="EnvelopeKey"/>.</summary>
internal sealed class SkillTools(AgentLoop loop, IGuard guard)
{
    public const string EnvelopeKey = "agentoperator.dev/envelope";

    /// <summary>Where a message keeps its HTTP request.</summary>
    public const string HttpItem = "http";

    private static readonly JsonElement AnyObject = JsonElement.Parse("""{"type":"object"}""");

    private readonly IList<Tool> _tools = [.. loop.Plan.Config.Skills.Select(skill => Describe(skill, loop.Plan.Skills[skill.Name]))];

    public ValueTask<ListToolsResult> ListAsync(RequestContext<ListToolsRequestParams> request, CancellationToken cancellation) => new(new ListToolsResult { Tools = _tools });

    public async ValueTask<CallToolResult> CallAsync(RequestContext<CallToolRequestParams> request, CancellationToken cancellation)
    {
        CallToolRequestParams parameters = request.Params ?? throw new McpProtocolException("The call has no params.", McpErrorCode.InvalidParams);
        if (!loop.Plan.Skills.ContainsKey(parameters.Name))
        {
            throw new McpProtocolException($"There is no tool {parameters.Name}.", McpErrorCode.InvalidParams);
        }

        JsonElement input = JsonValues.Of((parameters.Arguments ?? new Dictionary<string, JsonElement>()).Select(static pair => new KeyValuePair<string, object?>(pair.Key, pair.Value)));
        if (input.GetRawText().Length > guard.MaxInputBytes)
        {
            return Error($"The input is larger than {guard.MaxInputBytes} bytes (guard.maxInputBytes).");
        }

        SkillCall call = new()
        {
            Skill = parameters.Name,
            Input = input,
            ContextId = Meta(parameters.Meta, "agentoperator.dev/contextId"),
            OnEvent = parameters.ProgressToken is { } token ? Progress(request.Server, token, cancellation) : null,
        };
        SkillOutcome outcome = await loop.RunAsync(call, Trace(request, parameters), cancellation);
        return outcome.End == SkillEnd.Completed ? Success(outcome.Answer!) : Error(Words(outcome));
    }

    private static string Words(SkillOutcome outcome) => outcome.End == SkillEnd.InputRequired
        ? $"{outcome.Message} Answer with POST /v1/calls/{outcome.CallId}, or call the agent over A2A."
        : $"{outcome.Reason}: {outcome.Message}";

    private static Tool Describe(AgentSkill skill, SkillPlan plan)
    {
        Tool tool = new() { Name = skill.Name, Description = skill.Description, InputSchema = IsObject(skill.Input) ? skill.Input!.Value : AnyObject };
        if (!plan.Format.IsText && IsObject(skill.Output))
        {
            tool.OutputSchema = skill.Output;
        }

        return tool;
    }

    private static bool IsObject(JsonElement? schema) => schema is { ValueKind: JsonValueKind.Object } form && form.TryGetProperty("type", out JsonElement type) && type.ValueKind == JsonValueKind.String && type.GetString() == "object";

    private static CallToolResult Success(AnswerEnvelope answer) => new()
    {
        Content = [new TextContentBlock { Text = Prompts.InputText.Of(answer.Result) }],
        StructuredContent = answer.Result.ValueKind == JsonValueKind.Object ? answer.Result : null,
        Meta = new JsonObject { [EnvelopeKey] = JsonSerializer.SerializeToNode(answer, AgentRuntimeJsonContext.Default.AnswerEnvelope) },
    };

    private static CallToolResult Error(string text) => new() { IsError = true, Content = [new TextContentBlock { Text = text }] };

    private static Func<AgentEvent, ValueTask> Progress(ModelContextProtocol.Server.McpServer server, ProgressToken token, CancellationToken cancellation)
    {
        int count = 0;
        return happening => happening.Kind == AgentEvent.Delta
            ? ValueTask.CompletedTask
            : new ValueTask(server.NotifyProgressAsync(token, new ProgressNotificationValue { Progress = Interlocked.Increment(ref count), Message = $"{happening.Tool} {(happening.Kind == AgentEvent.ToolStarted ? "started" : "ended")}" }, options: null, cancellation));
    }

    /// <summary>The request's <c>_meta</c> goes before the header: a proxy may write headers of its own.</summary>
    private static ActivityContext Trace(RequestContext<CallToolRequestParams> request, CallToolRequestParams parameters)
    {
        ActivityContext context = TraceParents.Parse(Meta(parameters.Meta, "traceparent"), Meta(parameters.Meta, "tracestate"));
        return context == default && request.JsonRpcRequest.Context?.Items?.TryGetValue(HttpItem, out object? http) is true ? TraceParents.Of((HttpContext)http!) : context;
    }

    private static string? Meta(JsonObject? meta, string name) => meta?[name] is JsonValue value && value.TryGetValue(out string? text) ? text : null;
}
